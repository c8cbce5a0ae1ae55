using System.Text.RegularExpressions;
using Mono.Cecil;

namespace Lightloom.Architecture.Tests;

/// <summary>
/// Quantities cross the engine's border as types of Lightloom.Units: no public member or parameter there is a number whose name has to say
/// its unit. Hot loops keep raw numbers in internal types.
/// </summary>
public sealed partial class UnitsAtTheBorderTest
{
    /// <summary>Raw numbers that are let through, each with its reason.</summary>
    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["ShardShares.ByRate(bitsPerSecond)"] = Degraded,
        ["ShardShares.ForAllReduce(bitsPerSecond)"] = Degraded,
        ["ShardShares.AllToAllSeconds"] = Degraded,
        ["ShardShares.AllToAllSeconds(bitsPerSecond)"] = Degraded,
        ["ShardShares.AllReduceSeconds"] = Degraded,
        ["ShardShares.AllReduceSeconds(bitsPerSecond)"] = Degraded,
        ["HtsimTopology.Build(linkGbps)"] = AsWritten,
        ["TierBlock.DownlinkGbps"] = AsWritten,
        ["TierBlock.DownlinkLatencyNanoseconds"] = AsWritten,
        ["TierBlock.SwitchLatencyNanoseconds"] = AsWritten,
        ["TierBlock.QueueUpBytes"] = AsWritten,
        ["TierBlock.QueueDownBytes"] = AsWritten,
        ["AllToAllWindow.Of(bytes)"] = AsAsked,
        ["Testbed.CarriedBytes"] = AsAsked,
        ["Testbed.CarriedBytes(bytes)"] = AsAsked,
        ["TrafficRequest.UsualBytes"] = AsAsked,
        ["WorkloadRequest.Bytes"] = AsAsked,
        ["CompareOptions.Bytes"] = AsAsked,
        ["CompareOptions.HungryBytes"] = AsAsked,
        ["ContenderFigures.EstimatedUsd"] = Printed,
        ["ContenderFigures.LatencyUs"] = Printed,
        ["Outcome.TimeUs"] = Printed,
        ["Outcome.TimesUs"] = Printed,
        ["Outcome.BoundUs"] = Printed,
        ["Outcome.FctUs"] = Printed,
        ["Outcome.BufferPeakBytes"] = Printed,
        ["PlanePoint.LatencyUs"] = Printed,
        ["PlanePoint.WithinUs"] = Printed,
        ["PlanePoint.AcrossUs"] = Printed,
    };

    private const string Degraded = "a degraded card's rate is a fraction of a bit per second; shares are ratios of such rates";
    private const string AsAsked = "bytes of a request as an option or the file gives them; what a flow carries is a DataSize";
    private const string Printed = "a figure of a comparison or a mean, infinite or absent where a run did not end, in its column's unit";
    private const string AsWritten = "a number as htsim's own file or command line has it, checked and turned into units by the reader";

    [Theory]
    [InlineData("Lightloom.Simulation.dll")]
    [InlineData("Lightloom.Experiments.dll")]
    public void No_public_number_carries_its_unit_in_its_name(string assembly)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, assembly));
        RawQuantities(module).Where(n => !Reasons.ContainsKey(n)).ShouldBeEmpty("give it a type of Lightloom.Units");
    }

    [Fact]
    public void Every_reason_is_still_needed()
    {
        HashSet<string> found = [];
        foreach (string assembly in (string[])["Lightloom.Simulation.dll", "Lightloom.Experiments.dll"])
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, assembly));
            found.UnionWith(RawQuantities(module));
        }

        Reasons.Keys.Where(r => !found.Contains(r)).ShouldBeEmpty("these reasons can go");
    }

    [Fact]
    public void A_raw_quantity_is_seen_wherever_it_can_stand()
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(typeof(UnitsAtTheBorderTest).Assembly.Location);
        RawQuantities(module)
            .Where(n => n.StartsWith(nameof(Samples.RawNumbers) + ".", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ShouldBe([
                "RawNumbers.FieldBytes",
                "RawNumbers.ListMeters",
                "RawNumbers.MethodGbps",
                "RawNumbers.Parameter(bitsPerSecond)",
                "RawNumbers.PropertyPicoseconds",
            ]);
    }

    private static IEnumerable<string> RawQuantities(ModuleDefinition module) =>
        (
            from type in module.GetTypes()
            where IsVisible(type)
            from name in type
                .Fields.Where(f => f.IsPublic && IsNumber(f.FieldType))
                .Select(f => f.Name)
                .Concat(type.Properties.Where(p => p.GetMethod?.IsPublic == true && IsNumber(p.PropertyType)).Select(p => p.Name))
                .Concat(type.Methods.Where(m => m.IsPublic && !m.IsGetter && IsNumber(m.ReturnType)).Select(m => m.Name))
                .Where(n => Unit().IsMatch(n))
                .Concat(
                    from method in type.Methods
                    where method.IsPublic && !method.IsSetter && method.Name is not "Deconstruct"
                    from parameter in method.Parameters
                    where IsNumber(parameter.ParameterType) && Unit().IsMatch(parameter.Name)
                    select method.IsConstructor ? $"new({parameter.Name})" : $"{method.Name}({parameter.Name})"
                )
            select $"{type.Name}.{name}"
        ).Distinct();

    private static bool IsVisible(TypeDefinition type) => type.IsPublic || (type.IsNestedPublic && IsVisible(type.DeclaringType));

    private static bool IsNumber(TypeReference type) =>
        type switch
        {
            ArrayType array => IsNumber(array.ElementType),
            ByReferenceType reference => IsNumber(reference.ElementType),
            GenericInstanceType generic => generic.GenericArguments.Any(IsNumber),
            _ => type.MetadataType is >= MetadataType.SByte and <= MetadataType.Double || type.FullName == "System.Decimal",
        };

    [GeneratedRegex(
        "(pico|nano|micro|milli)?seconds$|bytes$|(ki|mi|gi|ti)b$|bits?persecond$|[kmgt]bps$|(milli|centi|kilo)?met(er|re)s$|(milli|kilo)?watts$"
            + "|(?-i:[a-z](Us|Ns|Ms|Usd))$|^(us|ns|ms|usd)$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Unit();
}
