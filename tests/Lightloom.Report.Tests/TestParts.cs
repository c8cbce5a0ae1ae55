using Lightloom.Catalog;
using Lightloom.Units;

namespace Lightloom.Report.Tests;

/// <summary>Made-up catalogue entries with round figures.</summary>
internal static class TestParts
{
    public static readonly SwitchModel Switch64 = new()
    {
        Id = "switch-64", Name = "Switch, 64 cages", Role = SwitchRole.Clos, RackUnits = 2,
        PowerTypical = Power.FromWatts(900), PowerMaximum = Power.FromWatts(2100), PowerMaximumIncludesOptics = true,
        Weight = Mass.FromKilograms(24), MtbfHours = 200_000,
        Prices = [PriceOf(40_000, "2026-08", "T1"), PriceOf(44_000, "2026-08", "T2"), PriceOf(10_000, "2025-01", "T1")],
        Cages = [new CageBlock { Count = 64, FormFactor = FormFactor.Osfp, CageRate = DataRate.FromGbps(800), Lanes = 8, Breakouts = [new(1, DataRate.FromGbps(800)), new(2, DataRate.FromGbps(400))] }],
        Sources = new Dictionary<string, IReadOnlyList<string>> { ["*"] = ["T1"] },
    };

    public static readonly SwitchModel ManagementSwitch = new()
    {
        Id = "switch-mgmt", Name = "Management switch, 48 ports", Role = SwitchRole.Management, RackUnits = 1,
        PowerTypical = Power.FromWatts(98),
        Assumptions = new Dictionary<string, string> { ["rack_units"] = "1 U taken" },
        Cages = [new CageBlock { Count = 48, FormFactor = FormFactor.Rj45, CageRate = DataRate.FromGbps(1), Lanes = 1, Breakouts = [new(1, DataRate.FromGbps(1))] }],
    };

    public static readonly NodeModel Node8 = new()
    {
        Id = "node-8", Name = "Node, 8 XPUs", Xpus = 8, Xpu = "XPU", RackUnits = 8, PowerTypical = Power.FromWatts(8000), PowerMaximum = Power.FromWatts(10_200),
        Backend = new() { Nics = 8, Cages = 4, Rate = DataRate.FromGbps(400), FormFactor = FormFactor.Osfp, LanesPerNic = 4, MaxPlanes = 4 },
        Frontend = new() { Nics = 2, Cages = 2, Rate = DataRate.FromGbps(200), FormFactor = FormFactor.Qsfp112, LanesPerNic = 2, MaxPlanes = 1 },
    };

    public static readonly InterconnectModel Dac = new()
    {
        Id = "dac-400", Name = "400G passive DAC", Kind = InterconnectKind.Dac, Family = "cr", Rate = DataRate.FromGbps(400), Lanes = 4, LaneRate = DataRate.FromGbps(100),
        FormFactors = [FormFactor.Osfp], Reach = new Dictionary<Medium, Length> { [Medium.Copper] = Length.FromMetres(3) }, PowerMaximum = Power.FromWatts(0.1),
        CatalogueLengths = [Length.FromMetres(1), Length.FromMetres(2), Length.FromMetres(3)], Connector = "integral",
        Breakouts = [new(1, DataRate.FromGbps(400))], MtbfHours = 50_000_000, WeightPerMetre = Mass.FromKilograms(0.045),
        Prices = [PriceOf(100, "2026-09", "T1") with { LengthMetres = 1 }, PriceOf(150, "2026-09", "T1") with { LengthMetres = 3 }],
    };

    public static readonly InterconnectModel Sr8 = Module("sr8-800", InterconnectKind.Sr, "sr", Medium.Om4, 50, 15, 880);

    public static readonly InterconnectModel Dr8 = Module("dr8-800", InterconnectKind.Dr, "dr", Medium.Os2, 500, 17, 1300);

    public static readonly InterconnectModel Dr8Other = Module("dr8-800-second", InterconnectKind.Dr, "dr", Medium.Os2, 500, 16, null);

    public static readonly InterconnectModel Utp = new()
    {
        Id = "utp-cat6a", Name = "Patch cord Cat 6A", Kind = InterconnectKind.Utp, Family = "base-t", Rate = DataRate.FromGbps(1), FormFactors = [FormFactor.Rj45],
        Reach = new Dictionary<Medium, Length> { [Medium.TwistedPair] = Length.FromMetres(100) }, PowerMaximum = Power.Zero, Connector = "RJ45", Breakouts = [new(1, DataRate.FromGbps(1))],
    };

    public static Catalogue Catalogue { get; } = new()
    {
        Switches = new Dictionary<string, SwitchModel> { [Switch64.Id] = Switch64, [ManagementSwitch.Id] = ManagementSwitch },
        Nodes = new Dictionary<string, NodeModel> { [Node8.Id] = Node8 },
        Nics = new Dictionary<string, NicModel>(),
        Interconnects = new[] { Dac, Sr8, Dr8, Dr8Other, Utp }.ToDictionary(i => i.Id),
        Facts = new Dictionary<string, Fact>
        {
            ["pue"] = new("pue", 1.5, ["T2"], Confidence.High, null, null),
            ["tariff-usd-per-kwh"] = new("tariff-usd-per-kwh", 0.08, [], Confidence.Low, "no national average found", null),
        },
        Sources = new Dictionary<string, Source> { ["T1"] = new("T1", "Test page one", "https://example.org/one"), ["T2"] = new("T2", "Test page two <&>", null) },
    };

    private static InterconnectModel Module(string id, InterconnectKind kind, string family, Medium medium, double reach, double watts, double? price) => new()
    {
        Id = id, Name = "800G " + id, Kind = kind, Family = family, Rate = DataRate.FromGbps(800), Lanes = 8, LaneRate = DataRate.FromGbps(100),
        FormFactors = [FormFactor.Osfp], Reach = new Dictionary<Medium, Length> { [medium] = Length.FromMetres(reach) }, PowerMaximum = Power.FromWatts(watts),
        Connector = "MPO-12/APC", ConnectorsPerEnd = 2, Fibres = 16, Breakouts = [new(1, DataRate.FromGbps(800)), new(2, DataRate.FromGbps(400))],
        LossBudgetDb = new Dictionary<Medium, double> { [medium] = 3.0 },
        Prices = price is { } usd ? [PriceOf(usd, "2026-09", "T1")] : [],
        Sources = new Dictionary<string, IReadOnlyList<string>> { ["*"] = ["T1"] },
    };

    private static Price PriceOf(double usd, string date, string source) => new(Money.FromDollars(usd), Money.FromDollars(usd), null, "a shop", date, source);
}
