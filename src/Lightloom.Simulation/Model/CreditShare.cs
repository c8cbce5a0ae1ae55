namespace Lightloom.Simulation.Model;

/// <summary>Among whom an egress port's credits go round.</summary>
public enum CreditShare
{
    /// <summary>Each ingress port has a queue of its own for every egress port, so that N senders get a share of 1/N each.</summary>
    IngressPort,

    /// <summary>
    /// The ingress ports of one slice of a chip share a queue, and slices get equal shares: two senders on one slice and one on another get
    /// 25, 25 and 50 %.
    /// </summary>
    IngressSlice,
}
