using Lightloom.Hardware;

namespace Lightloom.Cabling;

/// <summary>How many modules of one model and one plug are used.</summary>
/// <param name="Model">The module.</param>
/// <param name="Plug">What of the forms and heat sinks that are sold goes into the cages.</param>
/// <param name="Count">Modules: one a cage in use.</param>
public sealed record ModuleCount(InterconnectModel Model, Plug Plug, long Count);
