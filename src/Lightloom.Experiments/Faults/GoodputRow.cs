namespace Lightloom.Experiments.Faults;

/// <summary>One kind in the reckoning of a year.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Word">Its word.</param>
/// <param name="Population">Parts of the kind.</param>
/// <param name="Unknown">Parts of them whose rate is unknown; they are left out.</param>
/// <param name="Class">What is reckoned with; null when every part is unknown.</param>
/// <param name="Basis">Where rates come from, or what is missing; one sentence a basis.</param>
/// <param name="Assumed">Whether any of the rates is assumed.</param>
/// <param name="RepairAssumed">Whether the repair time is the default.</param>
/// <param name="Alone">Goodput of a year if nothing else failed; null when the kind is left out.</param>
public sealed record GoodputRow(
    FaultKind Kind,
    string Word,
    long Population,
    long Unknown,
    GoodputClass? Class,
    IReadOnlyList<string> Basis,
    bool Assumed,
    bool RepairAssumed,
    GoodputEstimate? Alone
);
