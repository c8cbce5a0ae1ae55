using Lightloom.Hardware;
using Lightloom.Simulation.Model;
using Shouldly;

namespace Lightloom.Experiments.Tests;

/// <summary>A design's speed-up and a simulation of it reckon with cells of one form.</summary>
public sealed class CellConstantsTest
{
    [Fact]
    public void The_engine_cuts_cells_as_the_catalogue_says()
    {
        CellOptions usual = new();
        usual.CellPayload.Bytes.ShouldBe((long)Catalogue.Default.Fact("cell-payload-bytes").Value);
        usual.CellHeader.Bytes.ShouldBe((long)Catalogue.Default.Fact("cell-header-bytes").Value);
    }
}
