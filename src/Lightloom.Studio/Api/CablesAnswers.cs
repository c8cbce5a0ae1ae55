using Lightloom.Studio.Views;

namespace Lightloom.Studio.Api;

/// <summary>Cables of a page.</summary>
internal sealed record CablesAnswer(int Total, int Offset, IReadOnlyList<CableRow> Rows);

/// <summary>Cables that a filter leaves, added up.</summary>
internal sealed record CablesSummary(
    int Total,
    double LengthM,
    double LongestM,
    IReadOnlyList<CableShare> ByMedium,
    IReadOnlyList<CableShare> ByProduct,
    IReadOnlyList<LengthBin> Lengths
);

/// <summary>Cables of one medium or product.</summary>
internal sealed record CableShare(string Name, int Count, double LengthM);

/// <summary>Cables by length.</summary>
internal sealed record LengthBin(double FromM, double ToM, int Copper, int Fibre);

/// <summary>A cable with why it is what it is.</summary>
internal sealed record CableAnswer(
    CableRow Cable,
    IReadOnlyList<CableLegAnswer> Labels,
    WhyAnswer? Why,
    IReadOnlyList<ChannelStepAnswer> Channel,
    RouteAnswer Route
);

/// <summary>A leg of a cable with its labels.</summary>
internal sealed record CableLegAnswer(int Leg, string A, string Z, double LengthM, int? Rail);

/// <summary>Why a product was taken.</summary>
internal sealed record WhyAnswer(
    IReadOnlyList<string> Reasons,
    double ReachM,
    double RatedReachM,
    double ReachUsed,
    double ShortestM,
    double LongestM,
    long Links,
    IReadOnlyList<string> SecondSources,
    IReadOnlyList<CandidateAnswer> Candidates
);

/// <summary>A product of the catalogue, and what became of it for these links.</summary>
internal sealed record CandidateAnswer
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? Medium { get; init; }
    public required string Verdict { get; init; }
    public required double ReachM { get; init; }
    public double? OrderLengthM { get; init; }
    public double? Usd { get; init; }
    public double? PowerW { get; init; }
    public double? LatencyNs { get; init; }
    public double? LossDb { get; init; }
    public required IReadOnlyList<string> Reasons { get; init; }
}

/// <summary>A piece on the way of a leg, from socket to socket.</summary>
internal sealed record ChannelStepAnswer
{
    public required int Leg { get; init; }
    public required int Path { get; init; }
    public required int Seq { get; init; }
    public required string Piece { get; init; }
    public string? Kind { get; init; }
    public string? Part { get; init; }
    public string? OrderCode { get; init; }
    public required double LengthM { get; init; }
    public double? OrderLengthM { get; init; }
    public int? Fibres { get; init; }
    public string? Polarity { get; init; }
    public double? LossDb { get; init; }
    public required PlugAnswer A { get; init; }
    public required PlugAnswer Z { get; init; }
}

/// <summary>Where a plug goes.</summary>
internal sealed record PlugAnswer(string Device, string Port, int? Socket, bool Panel, bool? Rear);

/// <summary>Labels of a rack's cables.</summary>
internal sealed record LabelsAnswer(string Rack, IReadOnlyList<LabelRow> Rows);

/// <summary>The label at one end, in this rack, and at the other.</summary>
internal sealed record LabelRow(string Cable, int Leg, string Here, string There, string? Product, double LengthM, double OrderLengthM);

/// <summary>What was found.</summary>
internal sealed record SearchAnswer(IReadOnlyList<SearchRow> Rows);

/// <summary>Something that was found.</summary>
internal sealed record SearchRow(string Kind, string Name, string Detail);
