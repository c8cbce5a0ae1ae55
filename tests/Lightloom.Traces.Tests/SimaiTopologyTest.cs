using Lightloom.Diagnostics;
using Lightloom.Experiments;
using Lightloom.Simulation.Model;
using Lightloom.Traces.Simai;

namespace Lightloom.Traces.Tests;

public sealed class SimaiTopologyTest
{
    private static string Text(NetworkDescription network, bool simai)
    {
        StringWriter text = new();
        SimaiTopology.Write(network, simai, text);
        return text.ToString();
    }

    private static NetworkDescription Read(string text)
    {
        DiagnosticBag said = new();
        NetworkDescription? network = SimaiTopology.Read("t.txt", text, said);
        network.ShouldNotBeNull(string.Join('\n', said));
        return network;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_designed_network_comes_back_with_its_rates_and_delays(bool simai)
    {
        NetworkDescription network = Designed.Network(16, scaleUp: true).Network,
            read = Read(Text(network, simai));
        read.HostCount.ShouldBe(network.HostCount);
        read.Switches.Count.ShouldBe(network.Switches.Count);
        read.Routes.ShouldBe(RouteRule.UpDown);
        // Half of a switch's latency lies on each of its links, so the longest way takes what it took.
        read.DiameterLatency().ShouldBe(network.DiameterLatency());
        read.HostRates().ShouldBe(network.HostRates());
        long Between(NetworkDescription n) => n.Links.Where(l => !l.A.IsHost).Sum(l => l.Rate.BitsPerSecond);
        Between(read).ShouldBe(Between(network));
        if (simai)
        {
            read.ScaleUp!.DomainOfHost.Select(d => d).Distinct().Count().ShouldBe(16);
            read.ScaleUp.Latency.ShouldBe(network.ScaleUp!.Latency);
            for (int a = 0; a < 24; a++)
            {
                read.ScaleUp.Joins(0, a).ShouldBe(network.ScaleUp!.Joins(0, a));
            }
        }
        else
        {
            read.ScaleUp.ShouldBeNull();
        }
    }

    [Fact]
    public void The_header_counts_the_lines_that_follow()
    {
        string[] lines = Text(Designed.Network(16, scaleUp: true).Network, simai: true).TrimEnd('\n').Split('\n');
        int[] header = [.. lines[0].Split(' ').Take(5).Select(int.Parse)];
        header[0].ShouldBe(128 + header[2] + header[3]);
        header[1].ShouldBe(8);
        header[2].ShouldBe(16);
        lines[1].Split(' ').Select(int.Parse).ShouldBe(Enumerable.Range(128, header[2] + header[3]));
        lines.Length.ShouldBe(2 + header[4]);
    }

    [Fact]
    public void A_file_of_ASTRA_sims_shape_is_read()
    {
        NetworkDescription network = Read("9 1 8\n8\n" + string.Concat(Enumerable.Range(0, 8).Select(h => $"{h} 8 400Gbps 0.0005ms 0\n")));
        network.HostCount.ShouldBe(8);
        network.HostRate().ShouldBe(DataRate.FromGbps(400));
        network.Links[0].Delay.ShouldBe(SimTime.FromNanoseconds(500));
    }

    [Theory]
    [InlineData("9 1 8\n8\n0 8 400Gbps 0.0005ms 0\n", "announces 8 links and the file has 1")]
    [InlineData("3 1 2\n2\n0 1 400Gbps 0.0005ms 0\n0 2 400Gbps 0.0005ms 0\n", "joins two hosts")]
    [InlineData("3 1 1\n2\n0 2 400Gbps 0.0005ms 0\n", "host 1 has no link")]
    [InlineData("3 1 2\n2\n0 2 400 0.0005ms 0\n1 2 400Gbps 1ms 0\n", "unit")]
    [InlineData("x\n", "no header")]
    public void What_is_wrong_is_said_with_its_line(string text, string words)
    {
        DiagnosticBag said = new();
        SimaiTopology.Read("t.txt", text, said).ShouldBeNull();
        said.Single().ToString().ShouldContain(words);
        said.Single().ToString().ShouldMatch(@"^t\.txt:\d+:1: error LL3103");
    }

    [Fact]
    public void Damaged_topologies_are_taken_or_refused_in_words() =>
        Damage.Each(
            Text(Designed.Network(2, "tiers: 2", scaleUp: true).Network, simai: true),
            (text, said) => SimaiTopology.Read("t.txt", text, said) is not null
        );
}
