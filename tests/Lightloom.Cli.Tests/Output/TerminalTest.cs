using Lightloom.Cli.Output;

namespace Lightloom.Cli.Tests.Output;

/// <summary>Names may not write to a terminal; the program's own colours must.</summary>
public class TerminalTest
{
    [Fact]
    public void A_control_character_of_a_name_is_replaced_and_a_colour_of_the_program_passes()
    {
        (TextWriter output, TextWriter error) = (Console.Out, Console.Error);
        using StringWriter sink = new();
        try
        {
            Console.SetOut(sink);
            Terminal.Guard();
            Console.Out.Write("name\u001b[1m");
            Terminal.Raw(Console.Out).Write("\u001b[1mbold");
            Console.Out.Flush();
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }

        sink.ToString().ShouldBe("name\ufffd[1m\u001b[1mbold");
    }
}
