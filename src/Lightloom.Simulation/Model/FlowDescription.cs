using Lightloom.Units;

namespace Lightloom.Simulation.Model;

/// <summary>One transfer from host to host.</summary>
/// <param name="Source">The sending host.</param>
/// <param name="Destination">The receiving host.</param>
/// <param name="Size">The payload; a flow of no bytes completes when it starts.</param>
/// <param name="Start">When it starts; unused when <paramref name="StartTrigger"/> is given.</param>
/// <param name="StartTrigger">The trigger that starts it, as a place in <see cref="TrafficDescription.Triggers"/>; -1 for none.</param>
/// <param name="DoneTrigger">The trigger it activates when its sender has the last acknowledgement; -1 for none.</param>
/// <param name="ReceivedTrigger">The trigger it activates when its receiver has the last byte; -1 for none.</param>
/// <param name="Id">The number reports show.</param>
/// <param name="Class">The class of its packets, as a place in <see cref="SimulationOptions.Classes"/>; 0 where there are none.</param>
public readonly record struct FlowDescription(
    int Source,
    int Destination,
    DataSize Size,
    SimTime Start = default,
    int StartTrigger = -1,
    int DoneTrigger = -1,
    int ReceivedTrigger = -1,
    int Id = 0,
    int Class = 0
);
