using Mono.Cecil;

namespace Lightloom.Architecture.Tests;

/// <summary>Holds the order of folders that ARCHITECTURE.md draws, by what the built assemblies refer to.</summary>
public sealed class FolderOrderTest
{
    private static readonly FolderOrder Order = FolderOrder.Read();

    public static TheoryData<string> Assemblies => [.. Order.Folders.Keys];

    private static ModuleDefinition Read(string assembly) =>
        ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, Order.Files[assembly]));

    private static bool IsOurs(TypeDefinition type, string assembly) =>
        type.Namespace == assembly || type.Namespace.StartsWith(assembly + ".", StringComparison.Ordinal);

    [Fact]
    public void Every_assembly_of_the_product_stands_in_the_list()
    {
        IEnumerable<string> built = Directory
            .GetFiles(AppContext.BaseDirectory, "*.dll")
            .Select(p => Path.GetFileName(p))
            .Where(n =>
                n.StartsWith("lightloom", StringComparison.OrdinalIgnoreCase) && !n.EndsWith(".Tests.dll", StringComparison.Ordinal)
            );
        built.Order().ShouldBe(Order.Files.Values.Order());
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Every_folder_stands_in_the_list_and_every_name_in_the_list_is_a_folder(string assembly)
    {
        using ModuleDefinition module = Read(assembly);
        IEnumerable<string> folders = module
            .Types.Where(t => IsOurs(t, assembly))
            .Select(t => FolderOrder.FolderOf(assembly, t.Namespace))
            .Distinct();
        folders.Order().ShouldBe(Order.Folders[assembly].Order());
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_folder_refers_to_one_above_it(string assembly)
    {
        using ModuleDefinition module = Read(assembly);
        string[] upwards =
        [
            .. Upwards(module, assembly)
                .Where(r => !Order.Allowed.Contains(r))
                .Select(r => $"{r.From} -> {r.To}")
                .Order(StringComparer.Ordinal),
        ];
        upwards.ShouldBeEmpty($"{assembly}: a folder may only use those that stand above it in folders.txt");
    }

    [Fact]
    public void Every_exception_is_still_needed()
    {
        var upwards = new HashSet<(string, string)>();
        foreach (string assembly in Order.Folders.Keys)
        {
            using ModuleDefinition module = Read(assembly);
            upwards.UnionWith(Upwards(module, assembly));
        }
        Order.Allowed.Where(a => !upwards.Contains(a)).ShouldBeEmpty("these lines of folders.txt can go");
    }

    [Fact]
    public void A_reference_is_seen_wherever_a_type_can_stand()
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(typeof(FolderOrderTest).Assembly.Location);
        TypeReferences
            .Of(module)
            .Where(r => r.From.Name == nameof(Samples.Referrer))
            .Select(r => r.To.Name)
            .Order()
            .ShouldBe(["InBody", "InConstraint", "InField", "InGeneric", "InInterface`1", "InLocal", "InParameter", "InPointer"]);
    }

    private static IEnumerable<(string From, string To)> Upwards(ModuleDefinition module, string assembly) =>
        TypeReferences
            .Of(module)
            .Where(r => IsOurs(r.From, assembly) && IsOurs(r.To, assembly) && Place(r.From, assembly) < Place(r.To, assembly))
            .Select(r => (r.From.FullName, r.To.FullName));

    private static int Place(TypeDefinition type, string assembly)
    {
        return Order.PlaceOf(assembly, FolderOrder.FolderOf(assembly, type.Namespace));
    }
}
