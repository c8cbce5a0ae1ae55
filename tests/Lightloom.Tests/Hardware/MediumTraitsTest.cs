using Lightloom.Hardware;

namespace Lightloom.Tests.Hardware;

/// <summary>Copper and fibre are told apart in one place.</summary>
public class MediumTraitsTest
{
    // ISO/IEC 11801-1 names fibre categories OM1 to OM5 and OS1a, OS2; everything else here is metal.
    [Fact]
    public void Fibre_is_what_ISO_11801_calls_OM_or_OS() =>
        Enum.GetValues<Medium>().ShouldAllBe(m => m.IsFibre() == (m.ToString().StartsWith("Om") || m.ToString().StartsWith("Os")));

    [Fact]
    public void A_sentence_writes_the_category_as_the_standard_and_copper_as_people_do() =>
        Enum.GetValues<Medium>().Select(m => m.InWords()).ShouldBe(["copper", "twisted pair", "OM3", "OM4", "OM5", "OS2"]);

    [Fact]
    public void Every_medium_has_a_speed_between_half_and_nine_tenths_of_light()
    {
        foreach (Medium medium in Enum.GetValues<Medium>())
        {
            double nanosecondsPerMetre = Catalogue.Default.Fact(medium.PropagationFact()).Value;
            (1 / (nanosecondsPerMetre * 0.299792458)).ShouldBeInRange(0.5, 0.9, medium.ToString());
        }
    }
}
