namespace Lightloom.Simulation.Model;

/// <summary>How a transport's senders know how long to wait before they send again what was not answered.</summary>
public enum TimeoutRule
{
    /// <summary>A fixed time and six full queues, for each packet by itself: uet-htsim's rule.</summary>
    Queues,

    /// <summary>4.096 us times a power of two, the verbs' local acknowledgement timeout: see <see cref="VerbsTimeout"/>.</summary>
    Verbs,

    /// <summary>The smoothed round trip and four times its mean deviation, as measured; doubled with each timeout in a row.</summary>
    RoundTrips,
}
