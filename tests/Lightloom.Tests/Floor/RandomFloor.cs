using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Tests.Floor;

/// <summary>A random cluster on a random floor; the same for the same seed.</summary>
internal sealed class RandomFloor
{
    public RandomFloor(int seed)
    {
        var random = new Random(seed);
        Pods = random.Next(4) == 0 ? random.Next(2, 4) : 0;
        NodeModel node = random.Next(4) switch
        {
            0 => TestNetwork.RackNode(racks: 1, widthMillimetres: random.Next(2) == 0 ? 600 : 1200, nics: 16),
            1 => TestNetwork.RackNode("super", random.Next(2, 5), 600, 16),
            _ => TestNetwork.Node(units: random.Next(4, 12), kilowatts: random.Next(3, 20)),
        };
        int unit = random.Next(1, 20);
        Net = new TestNetwork();
        bool services = random.Next(2) == 0;
        var leaves = new List<(int First, int Count, int Plane)>();
        if (Pods == 0)
        {
            Net.AddNodes("train", node, random.Next(1, 120), unit);
        }
        else
        {
            Net.AddNodes("train", node, random.Next(4, 40), unit, pod: 0);
            for (int pod = 1; pod < Pods; pod++)
            {
                Net.AddNodesToPool(0, "train", node, random.Next(4, 40), unit, pod);
            }
        }

        if (services)
        {
            Net.AddNodes("storage", TestNetwork.Server(units: random.Next(1, 4)), random.Next(1, 30), isService: true);
        }

        Net.AddBackend(
            random.Next(1, 8),
            TestNetwork.Switch("leaf", 64, random.Next(1, 4), random.Next(500, 3000)),
            Pods,
            spines: random.Next(0, 20)
        );
        Net.WithManagement();
        Network = Net.Build();
        Spec = Net.Spec(Floor(random), Pods > 0 ? PlaneLayout.Pods : PlaneLayout.NicSplit);
    }

    public int Pods { get; }

    public TestNetwork Net { get; }

    public Network Network { get; }

    public ClusterSpec Spec { get; }

    private FloorSpec Floor(Random random)
    {
        var floor = new FloorSpec
        {
            NetworkRacks = (NetworkRackPosition)random.Next(4),
            Trays = new TraySpec { CrossEveryRacks = random.Next(3) == 0 ? random.Next(1, 12) : null },
            SlackFraction = random.Next(3) == 0 ? random.NextDouble() / 5 : null,
            Rack = new RackSpec
            {
                MaxNodes = random.Next(3) == 0 ? random.Next(1, 5) : null,
                Units = random.Next(3) == 0 ? random.Next(16, 60) : null,
            },
        };
        if (random.Next(3) == 0)
        {
            return floor with
            {
                RacksPerRow = random.Next(2) == 0 ? random.Next(6, 30) : null,
                Rows = random.Next(2) == 0 ? random.Next(2, 12) : null,
            };
        }

        int buildings = random.Next(1, 4);
        var list = new List<BuildingSpec>();
        for (int b = 0; b < buildings; b++)
        {
            var halls = new List<HallSpec>();
            int count = random.Next(0, 3);
            for (int h = 0; h < count; h++)
            {
                int rows = random.Next(4, 20);
                int perRow = random.Next(8, 30);
                halls.Add(
                    new HallSpec
                    {
                        Name = $"b{b}h{h}",
                        Rows = rows,
                        RacksPerRow = perRow,
                        PowerLimit = random.Next(4) == 0 ? Power.FromKilowatts(random.Next(200, 5000)) : null,
                        KeepOuts =
                        [
                            .. Enumerable
                                .Range(0, random.Next(0, 6))
                                .Select(_ => new KeepOutSpec
                                {
                                    Row = random.Next(1, rows + 1),
                                    From = random.Next(1, perRow / 2),
                                    To = random.Next(perRow / 2, perRow),
                                }),
                        ],
                        Fixed =
                        [
                            .. Enumerable
                                .Range(0, random.Next(0, 6))
                                .Select(_ => new FixedRackSpec
                                {
                                    Row = random.Next(1, rows + 1),
                                    Position = random.Next(1, perRow + 1),
                                    Use = new[] { "leaf", "spine", "network", "nodes", "services", "other" }[random.Next(6)],
                                }),
                        ],
                        Planes = Pods > 0 && random.Next(3) == 0 ? [random.Next(Pods)] : [],
                    }
                );
            }

            list.Add(
                new BuildingSpec
                {
                    Name = $"b{b}",
                    X = random.Next(2) == 0 ? Length.FromMetres(random.Next(0, 3000)) : null,
                    Y = Length.FromMetres(random.Next(-500, 500)),
                    Halls = halls,
                    Planes = Pods > 0 && random.Next(3) == 0 ? [random.Next(Pods)] : [],
                }
            );
        }

        return floor with
        {
            Sites = [new SiteSpec { Name = "site", Buildings = list }],
        };
    }
}
