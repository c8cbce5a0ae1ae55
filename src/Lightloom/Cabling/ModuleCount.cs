using Lightloom.Hardware;

namespace Lightloom.Cabling;

/// <summary>How many modules of one model plug into cages of one kind.</summary>
/// <param name="Model">The module.</param>
/// <param name="FormFactor">The cage's mechanical form.</param>
/// <param name="Thermal">The heat sink that the cage takes.</param>
/// <param name="Count">Modules: one a cage in use.</param>
public sealed record ModuleCount(InterconnectModel Model, FormFactor FormFactor, ThermalType Thermal, long Count);
