using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Keys;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Tests.Spec;

public partial class SpecReaderTest
{
    private const string Head = "lightloom: 1\nname: t\npools: [{name: train, node: my-node, nodes: 4}]\n";

    private static (ClusterSpec? Spec, IReadOnlyList<string> Said) Read(string text)
    {
        var bag = new DiagnosticBag();
        ClusterSpec? spec = SpecReader.Read(text, "c.yaml", TestCatalogue.Small, bag);
        return (spec, [.. bag.Select(d => d.ToString())]);
    }

    private static ClusterSpec Good(string text)
    {
        (ClusterSpec? spec, IReadOnlyList<string> said) = Read(text);
        said.ShouldBeEmpty();
        return spec.ShouldNotBeNull();
    }

    [Fact]
    public void A_file_of_pools_alone_gets_the_contracts_defaults()
    {
        ClusterSpec spec = Good(Head);
        spec.Backend.Paradigm.ShouldBe(Paradigm.EndpointScheduled);
        spec.Backend.Planes.ShouldBe(new AutoInt(1));
        spec.Backend.PlaneLayout.ShouldBe(PlaneLayout.NicSplit);
        spec.Backend.Tiers.IsAuto.ShouldBeTrue();
        spec.Backend.RailOptimized.ShouldBeTrue();
        spec.Backend.ScalableUnitNodes.ShouldBeNull();
        spec.Backend.LeafId.ShouldBeNull();
        spec.Backend.LoadBalancing.ShouldBeNull();
        spec.Backend.Transport.ShouldBeNull();
        spec.Backend.Redundancy.ShouldBe(new TierMinimums());
        spec.Frontend.Homing.ShouldBeNull();
        spec.Interconnect.Objective.ShouldBe(InterconnectObjective.Cost);
        spec.Interconnect.ReachDerating.ShouldBe(0.9);
        spec.Interconnect.Fibre.ShouldBe(new FibreSpec());
        spec.Objectives.Minimize.ShouldBe(DesignObjective.Capex);
        spec.Pools[0].Nodes.ShouldBe(4);
        spec.Pools[0].Xpus.ShouldBe(32);
        spec.Pools[0].Mark.ShouldBe(new SourceMark("c.yaml", 3, 9));
        spec.File.ShouldBe("c.yaml");
    }

    [Fact]
    public void Every_kind_of_value_is_read()
    {
        ClusterSpec spec = Good(
            """
            lightloom: 1
            name: everything
            pools:
              - {name: train, node: my-node, xpus: 32, place: [h1]}
            services:
              - {name: store, node: my-cpu, nodes: 2}
            backend:
              paradigm: switch-scheduled
              switch: my-switch
              planes: auto
              tiers: 3
              rail_optimized: false
              oversubscription: {leaf: 1.5, spine: 2}
              redundancy: 2
            frontend: {homing: single, redundancy: {leaf: 2}}
            floor:
              rack: {units: 48, width_mm: 750, power_kw: 40.5}
              service_loop_m: 1.25
              network_racks: mid-row
              sites:
                - name: s
                  buildings: [{name: b, halls: [{name: h1, rows: 4, x_m: -5, keep_outs: [{row: 1, from: 2}]}]}]
            objectives:
              limits: {capex_usd: 5.0e8, network_power_kw: 4000}
            workload:
              model: llama3-70b
              parallelism: {tp: 8, dp: auto}
              collectives: [all-to-all, {name: all-reduce, size: 4MiB}]
            prices: {my-switch: 48000.50}
            """
        );
        spec.Pools[0].Nodes.ShouldBe(4);
        spec.Pools[0].Place.ShouldBe(["h1"]);
        spec.Backend.Paradigm.ShouldBe(Paradigm.SwitchScheduled);
        spec.Backend.Planes.IsAuto.ShouldBeTrue();
        spec.Backend.Tiers.ShouldBe(new AutoInt(3));
        spec.Backend.RailOptimized.ShouldBeFalse();
        spec.Backend.Oversubscription.Leaf.ShouldBe(1.5);
        spec.Backend.Redundancy.ShouldBe(
            new TierMinimums
            {
                Leaf = 2,
                Spine = 2,
                SuperSpine = 2,
            }
        );
        spec.Backend.Mark.Line.ShouldBe(8);
        spec.Frontend.Homing.ShouldBe(Homing.Single);
        spec.Frontend.Redundancy.ShouldBe(new TierMinimums { Leaf = 2 });
        spec.Floor.Rack.Width.ShouldBe(Length.FromMillimetres(750));
        spec.Floor.Rack.PowerLimit.ShouldBe(Power.FromKilowatts(40.5));
        spec.Floor.ServiceLoop.ShouldBe(Length.FromMetres(1.25));
        spec.Floor.NetworkRacks.ShouldBe(NetworkRackPosition.MidRow);
        spec.Floor.Sites[0].Buildings[0].Halls[0].X.ShouldBe(Length.FromMetres(-5));
        spec.Objectives.Limits.Capex.ShouldBe(Money.FromDollars(5e8));
        spec.Workload.Model.ShouldNotBeNull().Name.ShouldBe("llama3-70b");
        spec.Workload.Parallelism.Tensor.ShouldBe(new AutoInt(8));
        spec.Workload.Collectives[0].Name.ShouldBe("all-to-all");
        spec.Workload.Collectives[1].Size.ShouldBe(DataSize.FromBytes(4 << 20));
        spec.Prices["my-switch"].ShouldBe(Money.FromDollars(48000.50));
        spec.MarkOf("backend.planes").ShouldBe(new SourceMark("c.yaml", 10, 3));
        spec.MarkOf("backend.transport").Line.ShouldBe(7, "an absent key has the place of its section");
        spec.MarkOf("pools[0].node").ShouldBe(new SourceMark("c.yaml", 4, 19));
    }

    [Theory]
    [InlineData("backend: {plans: 2}", "c.yaml:4:11: error LL2010: unknown key 'plans' in 'backend'; did you mean 'planes'?")]
    [InlineData("planes: 2", "c.yaml:4:1: error LL2010: unknown key 'planes'; the format has it as 'backend.planes', so move it there")]
    [InlineData("backend: {planes: 2, planes: 4}", "c.yaml:4:22: error LL2011: 'planes' was given before, in line 4; keep one of the two")]
    [InlineData("backend: {planes: two}", "c.yaml:4:19: error LL2013: 'planes' is 'two'; it must be a whole number or auto")]
    [InlineData("backend: {planes: '2'}", "c.yaml:4:19: error LL2013: 'planes' is '2'; it must be a whole number or auto; drop the quotes")]
    [InlineData("backend: {planes: 17}", "c.yaml:4:19: error LL2014: 'planes' is 17; it must be 1 to 16")]
    [InlineData("backend: {planes: 9223372036854775808}", "c.yaml:4:19: error LL2014: 'planes' is 9223372036854775808; it must be 1 to 16")]
    [InlineData(
        "backend: {planes: 3}",
        "c.yaml:4:11: error LL2030: a NIC's lanes cannot be divided over 3 planes; use 1, 2, 4, 8 or 16, or another plane_layout"
    )]
    [InlineData(
        "backend: {planes: 2, plane_layout: rail}",
        "c.yaml:4:11: error LL2030: `plane_layout: rail` needs one plane a NIC position; 'my-node' has 8 NICs, so write `backend.planes: 8` or `auto`"
    )]
    [InlineData(
        "backend: {planes: 1, plane_layout: rail}",
        "c.yaml:4:11: error LL2030: `plane_layout: rail` needs one plane a NIC position; 'my-node' has 8 NICs, so write `backend.planes: 8` or `auto`"
    )]
    [InlineData(
        "backend: {plane_layout: rail}",
        "c.yaml:4:11: note LL2043: `plane_layout: rail` makes one plane a NIC position, and so 8 planes"
    )]
    [InlineData(
        "backend: {plane_layout: pods}",
        "c.yaml:4:11: note LL2043: `plane_layout: pods` without 'planes' makes as many planes as the XPUs need"
    )]
    [InlineData(
        "backend: {planes: 2, plane_layout: pods, plane_xpus: 10}",
        "c.yaml:4:11: error LL2030: 2 planes of 10 XPUs hold 20, fewer than the 32 of the pools; write `backend.planes: 4`, or raise backend.plane_xpus"
    )]
    [InlineData(
        "backend: {paradigm: endpoint}",
        "c.yaml:4:21: error LL2015: 'paradigm' cannot be 'endpoint'; use endpoint-scheduled, switch-scheduled or auto; did you mean 'endpoint-scheduled'?"
    )]
    [InlineData(
        "backend: {switch: my-swich}",
        "c.yaml:4:11: error LL2026: no switch 'my-swich' is in the catalogue; did you mean 'my-switch'?"
    )]
    [InlineData(
        "backend: {switch: my-node}",
        "c.yaml:4:11: error LL2027: 'my-node' is a node, not a switch; `lightloom catalog list` shows the switches"
    )]
    [InlineData(
        "backend: {rail_optimized: yes}",
        "c.yaml:4:27: error LL2013: 'rail_optimized' is 'yes'; it must be true or false; write true"
    )]
    [InlineData(
        "backend: [1]",
        "c.yaml:4:10: error LL2013: 'backend' is a list; it must be a section with keys, as in `backend: {paradigm: endpoint-scheduled}`"
    )]
    [InlineData(
        "backend: {oversubscription: {leaf: 0}}",
        "c.yaml:4:36: error LL2014: 'leaf' is 0; it must be more than 0, and at most 1000"
    )]
    [InlineData(
        "backend: {oversubscription: {leaf: .nan}}",
        "c.yaml:4:36: error LL2013: 'leaf' is '.nan'; it must be a number, and a finite one"
    )]
    [InlineData(
        "objectives: {limits: {capex_usd: 5_000_000}}",
        "c.yaml:4:34: error LL2013: 'capex_usd' is '5_000_000'; it must be a number of US dollars; write it without separators"
    )]
    [InlineData(
        "objectives: {limits: {capex_usd: 1e400}}",
        "c.yaml:4:34: error LL2014: 'capex_usd' is 1e400; it must be 0 to 1000000000000"
    )]
    [InlineData("interconnect: {exclude: aoc}", "c.yaml:4:25: error LL2013: 'exclude' is 'aoc'; it must be a list, as in `exclude: [aoc]`")]
    [InlineData(
        "interconnect: {exclude: [aocs]}",
        "c.yaml:4:26: warning LL2042: no kind or interconnect is called 'aocs', so nothing is excluded by it; did you mean 'aoc'?"
    )]
    [InlineData(
        "interconnect: {fibre: {multimode: om2}}",
        "c.yaml:4:35: error LL2015: 'multimode' cannot be 'om2'; use om3, om4 or om5; did you mean 'om3'?"
    )]
    [InlineData(
        "prices: {my-swtch: 1}",
        "c.yaml:4:10: warning LL2041: nothing in the catalogue is called 'my-swtch'; did you mean 'my-switch'?"
    )]
    [InlineData("prices: {my-switch: -1}", "c.yaml:4:21: error LL2014: 'my-switch' is -1; it must be 0 to 1000000000")]
    [InlineData(
        "services: [{name: train, node: my-cpu, nodes: 1}]",
        "c.yaml:4:13: error LL2022: another pool, service or external is already called 'train' (line 3); device names start with it, so choose another"
    )]
    [InlineData(
        "services: [{name: s, node: my-cpu, xpus: 1}]",
        "c.yaml:4:36: error LL2028: services are counted in nodes; write `nodes:` instead of `xpus:`"
    )]
    [InlineData("services: [{name: s, node: my-cpu}]", "c.yaml:4:12: error LL2024: a service needs 'nodes'; add for example `nodes: 4`")]
    [InlineData(
        "services: [{name: s, node: my-node, nodes: 1}]",
        "c.yaml:4:22: warning LL2028: 'my-node' has 8 XPUs, and services are not on the backend; move it to 'pools' if they shall reach the backend"
    )]
    [InlineData(
        "floor: {sites: [{name: a, buildings: [{name: b, halls: [{name: h, rows: 2, keep_outs: [{row: 3, from: 1}]}]}]}]}",
        "c.yaml:4:89: error LL2033: row 3 is outside of 'h', which has 2 rows; correct one of the two"
    )]
    [InlineData("workload: {parallelism: {dp: 0}}", "c.yaml:4:30: error LL2014: 'dp' is 0; it must be 1 to 16777216")]
    [InlineData(
        "workload: {collectives: [{size: 4MB}]}",
        "c.yaml:4:26: error LL2012: 'workload.collectives[0]' has no 'name'; add `name: all-reduce` (name of the collective, as `simulate --workload` knows it, for example all-reduce)"
    )]
    [InlineData(
        "backend: {plane_xpus: 4096}",
        "c.yaml:4:11: warning LL2034: 'plane_xpus' has an effect with `plane_layout: pods` only; add that or remove it"
    )]
    [InlineData(
        "backend: {switch: secret-switch}",
        "c.yaml:4:11: error LL2029: nobody published the ports of 'secret-switch', so nothing can be designed with it; add them as a switch of your own under `catalog:`"
    )]
    [InlineData(
        "frontend: {tiers: 1, spine: my-switch}",
        "c.yaml:4:22: warning LL2034: 'spine' has no effect with `tiers: 1`; remove it or ask for more tiers"
    )]
    [InlineData(
        "services: [{name: s, node: my-switch, nodes: 1}]",
        "c.yaml:4:22: error LL2027: 'my-switch' is a switch, not a node; `lightloom catalog list` shows the nodes"
    )]
    [InlineData(
        "services: [{name: \"a\\nb\", node: my-cpu, nodes: 1}]",
        "c.yaml:4:13: error LL2021: the name 'a·b' cannot be printed on a label; use at most 100 characters, no control characters, no blanks at its ends"
    )]
    [InlineData("services: [{name: '', node: my-cpu, nodes: 1}]", "c.yaml:4:13: error LL2021: 'name' is empty; give it a name")]
    [InlineData(
        "services: [{name: s, node: my-cpu, nodes: 4194304}]",
        "c.yaml:3:1: error LL2031: pools and services have 4194308 nodes together; at most 4194304 are designed in one file, so split the cluster"
    )]
    [InlineData("floor: {rack: {units: 3.5}}", "c.yaml:4:23: error LL2013: 'units' is '3.5'; it must be a whole number")]
    [InlineData("objectives: {limits: {racks: 1e3}}", "c.yaml:4:30: error LL2013: 'racks' is '1e3'; it must be a whole number")]
    public void A_mistake_is_told_with_its_place_and_its_remedy(string line, string expected) =>
        Read(Head + line + "\n").Said.ShouldBe([expected]);

    [Theory]
    [InlineData("interconnect:\n  spares:\nworkload:\n")]
    [InlineData("prices: {fibre: 3, fibre-per-m: 1, my-switch@2m: 3, trunk-144: 5}\n")]
    [InlineData("frontend: {tiers: 2, oversubscription: {leaf: 3}}\n")]
    [InlineData("frontend: {redundancy: &n {leaf: 2}}\nbackend: {redundancy: *n}\n")]
    public void What_is_unusual_but_right_is_not_complained_of(string lines) => Good(Head + lines).Name.ShouldBe("t");

    [Fact]
    public void Several_mistakes_are_told_at_once_in_the_files_order()
    {
        (ClusterSpec? spec, IReadOnlyList<string> said) = Read(
            """
            lightloom: 1
            pools:
              - {name: a, node: my-nod, nodes: 0}
              - {name: b, node: my-node, nodes: 2, xpus: 16}
              - {name: c, node: my-cpu}
            backend: {planes: 99}
            """
        );
        spec.ShouldBeNull();
        said.Select(s => s[..(s.IndexOf(" LL", StringComparison.Ordinal) + 7)])
            .ShouldBe([
                "c.yaml:1:1: error LL2012",
                "c.yaml:3:15: error LL2025",
                "c.yaml:3:36: error LL2014",
                "c.yaml:4:40: error LL2023",
                "c.yaml:5:5: error LL2024",
                "c.yaml:6:19: error LL2014",
            ]);
    }

    [Fact]
    public void A_part_that_is_wrong_is_told_once_and_not_again_where_it_is_used()
    {
        IReadOnlyList<string> said = Read(Head + "catalog: {nodes: {n1: {xpu: 8}}}\nservices: [{name: s, node: n1, nodes: 1}]\n").Said;
        said.ShouldNotBeEmpty();
        said.ShouldAllBe(s => s.Contains("error LL1", StringComparison.Ordinal));
    }

    [Fact]
    public void Xpus_are_rounded_up_to_whole_nodes_with_a_note()
    {
        (ClusterSpec? spec, IReadOnlyList<string> said) = Read("lightloom: 1\nname: t\npools: [{name: p, node: my-node, xpus: 33}]\n");
        spec.ShouldNotBeNull().Pools[0].Nodes.ShouldBe(5);
        spec.Pools[0].Xpus.ShouldBe(40);
        said.ShouldBe(["c.yaml:3:34: note LL2040: 33 XPUs are 5 nodes of 8, and so 40 XPUs"]);
    }

    [Theory]
    [InlineData(
        "lightloom: 2\nname: t\nnovelty: 1\n",
        "c.yaml:1:12: error LL2020: the file is of format version 2, and this Lightloom reads version 1; use a newer Lightloom, or write `lightloom: 1` and keep to its keys"
    )]
    [InlineData(
        "- a\n",
        "c.yaml:1:1: error LL2013: a cluster file is a section of keys that starts with `lightloom: 1`, not a list; `lightloom init` writes a starter file"
    )]
    [InlineData(
        "lightloom: 1\nname: t\npools: []\n",
        "c.yaml:3:8: error LL2012: 'pools' is empty, and so is 'services'; list at least one pool, as in `- {name: train, node: dgx-h100, nodes: 8}`"
    )]
    [InlineData(
        "lightloom: 1\nname: t\npools: [{name: p, node: secret-node, nodes: 1}]\n",
        "c.yaml:3:19: error LL2029: the catalogue does not know the backend ports of 'secret-node'; say `backend: {enabled: false}` for a design without a backend, or give them under another id in `catalog: {nodes: {my-node: {xpus: 8, backend: {nics: 8, rate_gbps: 400}}}}`"
    )]
    [InlineData(
        "lightloom: 1\nname: t\npools: [{name: p, node: my-cpu, nodes: 1}]\n",
        "c.yaml:3:19: error LL2028: 'my-cpu' has no XPUs; move it to 'services'"
    )]
    [InlineData(
        "lightloom: 1\nname: t\npools: [{name: p, node: my-node, nodes: 1}, {name: q, node: four-nics, nodes: 1}]\nbackend: {plane_layout: rail}\n",
        "c.yaml:4:11: error LL2030: `plane_layout: rail` needs one plane a NIC position, but 'four-nics' has 4 NICs and 'my-node' has 8; say backend.plane_layout: nic-split or pods, or pools of one NIC count"
    )]
    [InlineData(
        "lightloom: 1\nname: t\npools: [{name: p, node: my-node, nodes: 1, place: [hall1]}]\nfloor: {sites: [{name: s, buildings: [{name: b, halls: [{name: hall-1}]}]}]}\n",
        "c.yaml:3:52: error LL2032: no hall, building or site 'hall1' is in the floor; did you mean 'hall-1'?"
    )]
    public void A_file_that_cannot_be_meant_is_told_why(string text, string expected) => Read(text).Said.ShouldBe([expected]);
}
