namespace Lightloom.Verify.Reading;

/// <summary>
/// One row of pieces.csv: a piece between two of its plugs. Texts are numbers among the folder's names, lengths millimetres.
/// </summary>
internal readonly record struct PieceRow
{
    public required int Line { get; init; }
    public required int Piece { get; init; }
    public required int Kind { get; init; }
    public required int Product { get; init; }
    public required int OrderCode { get; init; }
    public required long Length { get; init; }
    public required long Ordered { get; init; }
    public required int Fibres { get; init; }
    public required int Polarity { get; init; }
    public required int GenderA { get; init; }
    public required int GenderZ { get; init; }
    public required int Polish { get; init; }
    public required int Jacket { get; init; }
    public required PieceEnd A { get; init; }
    public required PieceEnd Z { get; init; }

    /// <summary>True when two rows say the same of a piece.</summary>
    public bool IsSamePieceAs(in PieceRow other) =>
        Kind == other.Kind
        && Product == other.Product
        && OrderCode == other.OrderCode
        && Ordered == other.Ordered
        && Fibres == other.Fibres
        && Polarity == other.Polarity
        && GenderA == other.GenderA
        && GenderZ == other.GenderZ
        && Polish == other.Polish
        && Jacket == other.Jacket;
}
