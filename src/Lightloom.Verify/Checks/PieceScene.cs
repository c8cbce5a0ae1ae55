using Lightloom.Hardware;
using Lightloom.Verify.Facts;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Checks;

/// <summary>pieces.csv and channels.csv, piece by piece and cage by cage, for the checks of both.</summary>
internal sealed class PieceScene
{
    private readonly Dictionary<(int Device, int Port), int> _cageOfPort = [];

    public PieceScene(Scene scene)
    {
        Scene = scene;
        ReadOnlySpan<PieceRow> rows = Rows;
        int[] pieces = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            pieces[i] = rows[i].Piece;
        }

        OfPiece = new(scene.Folder.Pieces.Pieces.Count, pieces);
        for (int cage = 0; cage < scene.Folder.Cables.Cages.Count; cage++)
        {
            CageKey key = scene.Folder.Cables.Cages[cage];
            _cageOfPort.TryAdd((key.Device, key.Port), cage);
        }

        Modules = ModulesOfCages(scene);
    }

    public Scene Scene { get; }

    public ReadOnlySpan<PieceRow> Rows => Scene.Folder.Pieces.Rows;

    /// <summary>Rows of pieces.csv by piece.</summary>
    public Buckets OfPiece { get; }

    /// <summary>What is plugged into each cage of cables.csv; null where nothing known is.</summary>
    public InterconnectModel?[] Modules { get; }

    /// <summary>The cage of cables.csv that a plug goes into, or -1: a panel's port, or one that no cable names.</summary>
    public int CageOf(in PieceEnd end) => _cageOfPort.GetValueOrDefault((end.Device, end.Port), -1);

    public string Id(int piece) => Scene.Folder.Pieces.Pieces[piece];

    public string OrderCode(in PieceRow row) => Scene.Folder.Pieces.OrderCodes[row.OrderCode];

    public string Kind(in PieceRow row) => Scene.Word(row.Kind);

    /// <summary><c>be-leaf-001 E1/7 socket 1</c>.</summary>
    public string Plug(in PieceEnd end)
    {
        string port = end.Port < 0 ? "" : " " + Scene.Folder.Names.Ports[end.Port];
        string socket = end.Socket < 0 ? "" : FormattableString.Invariant($" socket {end.Socket}");
        return $"{Scene.Device(end.Device)}{port}{socket}";
    }

    private static InterconnectModel?[] ModulesOfCages(Scene scene)
    {
        InterconnectModel?[] modules = new InterconnectModel?[scene.Folder.Cables.Cages.Count];
        for (int cable = 0; cable < scene.Groups.Count; cable++)
        {
            bool headAtZ = scene.Groups.HeadAtZ(cable);
            foreach (int leg in scene.Groups.RowsOf(cable))
            {
                ref readonly CableRow row = ref scene.Rows[leg];
                if (scene.Facts.ProductOf(row.Product) is { } product)
                {
                    modules[row.A.Cage] ??= headAtZ ? product.Tail : product.Head;
                    modules[row.Z.Cage] ??= headAtZ ? product.Head : product.Tail;
                }
            }
        }

        return modules;
    }
}
