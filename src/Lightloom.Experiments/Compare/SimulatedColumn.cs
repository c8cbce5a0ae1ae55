using Lightloom.Simulation.Model;

namespace Lightloom.Experiments.Compare;

/// <summary>One way to run one design: a column of the simulated table. Immutable.</summary>
/// <param name="Contender">The design, as a place in <see cref="Comparison.Contenders"/>.</param>
/// <param name="Label">What tables call it.</param>
/// <param name="Options">How the engine runs it; the seed is set for each run.</param>
/// <param name="IsEcmp">True for the column that shows the design under ECMP.</param>
public sealed record SimulatedColumn(int Contender, string Label, SimulationOptions Options, bool IsEcmp);
