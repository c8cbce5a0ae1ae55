using Lightloom.Training.Machines;

namespace Lightloom.Training.Timing;

/// <summary>Says how long a collective takes on a machine when every group of its kind runs it at once.</summary>
public interface ICollectiveTimer
{
    /// <summary>Its name, as <c>--engine</c> has it.</summary>
    string Name { get; }

    /// <summary>The time of one collective.</summary>
    /// <param name="collective">Which.</param>
    /// <param name="group">The ranks.</param>
    /// <param name="bytes">
    /// Bytes: of the whole array for all-gather, reduce-scatter and all-reduce; that one rank sends to all others together for all-to-all;
    /// of the message for send.
    /// </param>
    CollectiveTime Time(Collective collective, GroupShape group, double bytes);
}
