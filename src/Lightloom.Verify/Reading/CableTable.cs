using System.Runtime.InteropServices;
using Lightloom.Diagnostics;

namespace Lightloom.Verify.Reading;

/// <summary>cables.csv in memory: a row a logical link, every text once.</summary>
internal sealed class CableTable
{
    /// <summary>The file.</summary>
    public const string File = "cables.csv";

    private static readonly string[] Columns =
    [
        "cable_id",
        "fabric",
        "plane",
        "rail",
        "tier",
        "a_hall",
        "a_row",
        "a_rack",
        "a_ru",
        "a_device",
        "a_port",
        "a_lane",
        "z_hall",
        "z_row",
        "z_rack",
        "z_ru",
        "z_device",
        "z_port",
        "z_lane",
        "rate_gbps",
        "breakout",
        "product",
        "kind",
        "length_m",
        "order_length_m",
        "reach_m",
        "loss_db",
        "route",
        "bundle",
        "label_a",
        "label_z",
    ];

    private readonly List<CableRow> _rows = [];
    private readonly Dictionary<Place, int> _placeNumbers = [];
    private readonly List<Place> _places = [];
    private readonly Dictionary<CageKey, int> _cageNumbers = [];
    private readonly List<CageKey> _cages = [];

    private int _legA;
    private int _legZ;

    private CableTable(Names names) => Names = names;

    /// <summary>The texts of the folder.</summary>
    public Names Names { get; }

    /// <summary>Cable ids.</summary>
    public Interner Cables { get; } = new();

    /// <summary>Routes.</summary>
    public Interner Routes { get; } = new();

    /// <summary>Bundles.</summary>
    public Interner Bundles { get; } = new();

    /// <summary>Labels that are wrong or there twice.</summary>
    public LabelBook Labels { get; } = new();

    /// <summary>The rows in the file's order.</summary>
    public ReadOnlySpan<CableRow> Rows => CollectionsMarshal.AsSpan(_rows);

    /// <summary>Every place where an end is.</summary>
    public IReadOnlyList<Place> Places => _places;

    /// <summary>Every cage in use.</summary>
    public IReadOnlyList<CageKey> Cages => _cages;

    /// <summary>The number of a cage, or -1.</summary>
    public int CageOf(CageKey key) => _cageNumbers.TryGetValue(key, out int cage) ? cage : -1;

    /// <summary>Reads the file; null when the diagnostics say what is wrong.</summary>
    public static CableTable? Read(string directory, Names names, DiagnosticBag diagnostics)
    {
        using CsvCursor? csv = CsvCursor.Open(Path.Combine(directory, File), Columns, diagnostics);
        if (csv is null)
        {
            return null;
        }

        CableTable table = new(names) { _legA = csv.PlaceOf("a_interface"), _legZ = csv.PlaceOf("z_interface") };
        while (csv.Next())
        {
            table._rows.Add(table.Row(csv));
        }

        return diagnostics.HasErrors ? null : table;
    }

    private CableRow Row(CsvCursor csv)
    {
        int fabric = Names.Words.Of(csv.Text(1));
        CableEnd a = End(csv, 5, fabric);
        CableEnd z = End(csv, 12, fabric);
        Labels.Take(this, csv.Line, a, csv.Text(29), csv.Optional(_legA));
        Labels.Take(this, csv.Line, z, csv.Text(30), csv.Optional(_legZ));
        return new()
        {
            Line = csv.Line,
            Cable = csv.Text(0).IsEmpty ? -1 : Cables.Of(csv.Text(0)),
            Fabric = fabric,
            Plane = csv.Whole(2, -1, 1 << 20, -1),
            Rail = csv.Whole(3, -1, 1 << 20, -1),
            Tier = Names.Words.Of(csv.Text(4)),
            A = a,
            Z = z,
            Rate = csv.Thousandths(19),
            Breakout = Names.Words.Of(csv.Text(20)),
            Product = Names.Words.Of(csv.Text(21)),
            Kind = Names.Words.Of(csv.Text(22)),
            Length = csv.Thousandths(23),
            Ordered = csv.Thousandths(24, 0),
            Reach = csv.Thousandths(25, 0),
            Loss = csv.Thousandths(26, -1),
            Route = Routes.Of(csv.Text(27)),
            Bundle = csv.Text(28).IsEmpty ? -1 : Bundles.Of(csv.Text(28)),
        };
    }

    private CableEnd End(CsvCursor csv, int from, int fabric)
    {
        Place place = new(
            Names.Halls.Of(csv.Text(from)),
            csv.Whole(from + 1, 0, 1 << 24),
            Names.Racks.Of(csv.Text(from + 2)),
            csv.Whole(from + 3, 0, 1000)
        );
        int device = Names.Devices.Of(csv.Text(from + 4));
        CageKey cage = new(device, fabric, Names.Ports.Of(csv.Text(from + 5)));
        return new(Number(_placeNumbers, _places, place), device, Number(_cageNumbers, _cages, cage), csv.Whole(from + 6, 0, 1000));
    }

    private static int Number<T>(Dictionary<T, int> numbers, List<T> all, T one)
        where T : notnull
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, one, out bool known);
        if (!known)
        {
            number = all.Count;
            all.Add(one);
        }

        return number;
    }
}
