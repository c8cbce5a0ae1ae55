using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Collectives;

/// <summary>Answers how long a collective takes on one network. Whoever needs such times asks here, whatever model stands behind.</summary>
/// <remarks>Answers depend on the request alone. Implementations say whether they may be shared between threads.</remarks>
public interface ICollectiveTime
{
    /// <summary>How many ranks the network has; they are numbered from 0.</summary>
    int Ranks { get; }

    /// <summary>The time of a collective.</summary>
    /// <exception cref="RefusedException">It cannot be run so on this network; the message says why and what can.</exception>
    CollectiveTiming Of(CollectiveRequest request);
}
