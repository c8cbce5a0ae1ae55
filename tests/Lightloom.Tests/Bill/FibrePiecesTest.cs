using Lightloom.Bill;
using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Tests.Bill;

/// <summary>
/// What is bought in fibre, held against the faceplates of the modules: a twin-port module has two sockets and takes two cords (NVIDIA's
/// pages say "two fibers"), and a socket takes one plug.
/// </summary>
public class FibrePiecesTest
{
    [Theory]
    // 256 host links of one socket, 128 leaf-spine links of two: 512 cords of 8 fibres.
    [InlineData("c1-twinport", 512, 0, 4096)]
    // 440 links of 800G between twin-port modules.
    [InlineData("twin-straight-helios", 880, 0, 7040)]
    // 8 NICs on two planes: a socket, and a cord, a leg.
    [InlineData("two-planes-one-nic", 16, 0, 128)]
    // 32 NICs on eight planes: 64 sockets with four legs of one lane, four of them to a shuffle of 32 fibres.
    [InlineData("eight-plugs-two-sockets", 0, 16, 512)]
    // 32 links of 400G: whatever draws least, a leg needs a socket of its own where its neighbours part from it.
    [InlineData("two-plugs-one-socket", 32, 0, 256)]
    public void Cords_are_as_many_as_the_sockets_take(string name, int cords, int shuffles, int fibres)
    {
        ClusterDesign design = Designed(name);
        Bought(design, "fibre").ShouldBe(cords);
        Bought(design, "shuffle").ShouldBe(shuffles);
        design.Bill.Fibres.ShouldBe(fibres);
    }

    [Theory]
    [InlineData("c1-twinport")]
    [InlineData("twin-straight-helios")]
    [InlineData("two-planes-one-nic")]
    [InlineData("eight-plugs-two-sockets")]
    [InlineData("two-plugs-one-socket")]
    public void No_module_is_given_more_plugs_than_it_has_sockets(string name)
    {
        // Counted from the modules' faceplates and the wiring alone, beside the planner: one plug a socket, whatever piece it belongs to.
        ClusterDesign design = Designed(name);
        Dictionary<(int Device, FabricRole Fabric, int Cage), (HashSet<(int, int)> Plugs, int Sockets)> cages = [];
        foreach (LinkClass c in design.Network.LinkClasses)
        {
            for (int i = 0; i < c.Links.Length; i++)
            {
                int number = design.Cables.CableOfLink[c.Index][i];
                LinkProduct product = design.Cables.Products[design.Cables.Cables[number].Product];
                if (product.IsAssembly)
                {
                    continue;
                }

                Link link = c.Links[i];
                LinkSockets sockets = product.Sockets!.Value;
                for (int path = 0; path < sockets.PathsPerLeg; path++)
                {
                    Plug((link.A, c.Fabric, link.ACage), product.A, sockets.ASocket(link.ALane, path), Piece(link.ALane));
                    Plug((link.Z, c.Fabric, link.ZCage), product.Z, sockets.ZSocket(link.ZLane, path), Piece(link.ZLane));

                    // A cord or harness carries a path of a leg of its cable; a shuffle carries all.
                    (int, int) Piece(int lane) => product.PiecesPerCable == 1 ? (number, 0) : (number, (lane * sockets.PathsPerLeg) + path);
                }
            }
        }

        cages.ShouldNotBeEmpty();
        cages.Values.ShouldAllBe(c => c.Plugs.Count <= c.Sockets);

        void Plug((int, FabricRole, int) cage, InterconnectModel module, int socket, (int, int) piece)
        {
            if (!cages.TryGetValue(cage, out var at))
            {
                cages[cage] = at = ([], module.Connectors);
            }

            socket.ShouldBeLessThan(at.Sockets);
            at.Plugs.Add(piece with { Item2 = (piece.Item2 * 16) + socket });
        }
    }

    private static long Bought(ClusterDesign design, string category) =>
        design.Bill.Lines.Where(l => l.Category == category).Sum(l => l.Quantity);

    private static ClusterDesign Designed(string name)
    {
        DiagnosticBag bag = new();
        string path = Path.Combine(Repository.Root, "tests", "Lightloom.Tests", "Cases", "bill", name + ".yaml");
        ClusterSpec? spec = SpecReader.Read(File.ReadAllText(path), name + ".yaml", Catalogue.Default, bag);
        bag.HasErrors.ShouldBeFalse(string.Join("; ", bag));
        return Designer.Design(spec!, bag) ?? throw new InvalidOperationException(string.Join("; ", bag));
    }
}
