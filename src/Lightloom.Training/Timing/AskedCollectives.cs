using Lightloom.Simulation.Collectives;

namespace Lightloom.Training.Timing;

/// <summary>Hands questions on and notes them, so that it is known what a step would ask before it is asked of something slow.</summary>
/// <param name="inner">What answers meanwhile.</param>
/// <remarks>Not safe to share between threads.</remarks>
internal sealed class AskedCollectives(ICollectiveTime inner) : ICollectiveTime
{
    private readonly List<CollectiveRequest> _asked = [];

    /// <summary>What was asked, each question once.</summary>
    public IReadOnlyList<CollectiveRequest> Asked => _asked;

    /// <inheritdoc/>
    public int Ranks => inner.Ranks;

    /// <inheritdoc/>
    public CollectiveTiming Of(CollectiveRequest request)
    {
        object groups = KnownCollectives.KeyOf(request.Groups);
        if (
            !_asked.Exists(a =>
                a.Kind == request.Kind
                && a.Size == request.Size
                && a.Algorithm == request.Algorithm
                && KnownCollectives.KeyOf(a.Groups).Equals(groups)
            )
        )
        {
            _asked.Add(request);
        }

        return inner.Of(request);
    }
}
