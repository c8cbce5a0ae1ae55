using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Tests.Spec;

/// <summary>A catalogue of a few made-up parts, so that the reader's tests do not move when the hardware facts do.</summary>
internal static class TestCatalogue
{
    public static Catalogue Small { get; } =
        new()
        {
            Switches = new Dictionary<string, SwitchModel>
            {
                ["my-switch"] = new()
                {
                    Id = "my-switch",
                    Name = "A switch",
                    Role = SwitchRole.Clos,
                    Cages =
                    [
                        new CageBlock
                        {
                            Count = 64,
                            FormFactor = FormFactor.Osfp,
                            CageRate = DataRate.FromGbps(800),
                            Lanes = 8,
                            Breakouts = Figures.Own<IReadOnlyList<Breakout>>([new Breakout(1, DataRate.FromGbps(800))]),
                        },
                    ],
                },
                ["secret-switch"] = new()
                {
                    Id = "secret-switch",
                    Name = "A switch without published ports",
                    Role = SwitchRole.Clos,
                    Cages = [],
                },
            },
            Nodes = new Dictionary<string, NodeModel>
            {
                ["my-node"] = new()
                {
                    Id = "my-node",
                    Name = "A node",
                    Xpus = 8,
                    Backend = Ports(8, 400),
                    Frontend = Ports(2, 200),
                },
                ["four-nics"] = new()
                {
                    Id = "four-nics",
                    Name = "A node",
                    Xpus = 8,
                    Backend = Ports(4, 400),
                    Frontend = Ports(2, 200),
                },
                ["secret-node"] = new()
                {
                    Id = "secret-node",
                    Name = "A node without published ports",
                    Xpus = 8,
                },
                ["my-cpu"] = new()
                {
                    Id = "my-cpu",
                    Name = "A server",
                    Xpus = 0,
                    Frontend = Ports(2, 200),
                },
            },
            Nics = new Dictionary<string, NicModel>
            {
                ["my-nic"] = new() { Id = "my-nic", Name = "A NIC" },
            },
            Interconnects = new Dictionary<string, InterconnectModel>(),
            Facts = new Dictionary<string, Fact>(),
            Sources = new Dictionary<string, Source>(),
        };

    private static NicPorts Ports(int nics, double gbps) =>
        new()
        {
            Nics = nics,
            Rate = DataRate.FromGbps(gbps),
            Cages = nics,
            FormFactor = FormFactor.Osfp,
            LanesPerNic = 4,
            MaxPlanes = 4,
        };
}
