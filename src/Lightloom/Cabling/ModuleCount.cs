using Lightloom.Hardware;

namespace Lightloom.Cabling;

/// <summary>How many modules of one model and one plug are used in one way.</summary>
/// <param name="Model">The module.</param>
/// <param name="Plug">What of the forms and heat sinks that are sold goes into the cages.</param>
/// <param name="Use">Legs of their cages and the rate of one, where that decides what they draw; else none.</param>
/// <param name="Count">Modules: one a cage in use.</param>
public sealed record ModuleCount(InterconnectModel Model, Plug Plug, Breakout Use, long Count);
