using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Lightloom.Studio.Storage;

/// <summary>Tells open pages that something changed; a page that does not keep up misses the oldest of what it has not read.</summary>
internal sealed class StudioEvents
{
    private readonly ConcurrentDictionary<Channel<StudioEvent>, bool> _listeners = [];

    /// <summary>Tells all.</summary>
    public void Tell(string kind, string subject = "")
    {
        foreach (Channel<StudioEvent> listener in _listeners.Keys)
        {
            listener.Writer.TryWrite(new(kind, subject));
        }
    }

    /// <summary>What happens from now on, until cancelled.</summary>
    public async IAsyncEnumerable<StudioEvent> Listen([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        Channel<StudioEvent> channel = Channel.CreateBounded<StudioEvent>(
            new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropOldest }
        );
        _listeners[channel] = true;
        try
        {
            yield return new("state", "");
            await foreach (StudioEvent one in channel.Reader.ReadAllAsync(cancel))
            {
                yield return one;
            }
        }
        finally
        {
            _listeners.TryRemove(channel, out _);
        }
    }
}

/// <summary>Something changed.</summary>
/// <param name="Kind"><c>state</c> (spec or design) or <c>run</c>.</param>
/// <param name="Subject">Id of the run, or nothing.</param>
internal readonly record struct StudioEvent(string Kind, string Subject);
