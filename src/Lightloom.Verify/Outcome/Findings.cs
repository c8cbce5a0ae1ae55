using System.Runtime.CompilerServices;
using System.Text;

namespace Lightloom.Verify.Outcome;

/// <summary>Collects what the rules find: every contradiction is counted, the first ones of each rule are kept.</summary>
internal sealed class Findings(int perRule)
{
    private readonly Dictionary<Rule, Tally> _tallies = Rules.All.ToDictionary(r => r, _ => new Tally());

    /// <summary>Says that a rule was held against so many things.</summary>
    public void Checked(Rule rule, long things) => _tallies[rule].Checked += things;

    /// <summary>Counts a contradiction and keeps it while there is room.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="file">Name of the file.</param>
    /// <param name="line">Line of the row, or 0.</param>
    /// <param name="text">What is wrong; not put together when it would not be kept.</param>
    public void Add(Rule rule, string file, int line, [InterpolatedStringHandlerArgument("", nameof(rule))] ref Text text)
    {
        Tally tally = _tallies[rule];
        tally.Found++;
        if (text.IsWanted)
        {
            tally.Kept.Add(new(rule, file, line, text.ToString()));
        }
    }

    /// <summary>Everything found.</summary>
    public VerifyReport Report(string name) =>
        new(
            name,
            [.. Rules.All.Select(r => new RuleResult(r, Math.Max(_tallies[r].Checked, _tallies[r].Found), _tallies[r].Found))],
            [.. Rules.All.SelectMany(r => _tallies[r].Kept)]
        );

    private sealed class Tally
    {
        public long Checked { get; set; }

        public long Found { get; set; }

        public List<Contradiction> Kept { get; } = [];
    }

    /// <summary>The words of a contradiction, put together only when somebody will read them.</summary>
    [InterpolatedStringHandler]
    internal ref struct Text
    {
        private readonly StringBuilder? _words;

        public Text(int literalLength, int formattedCount, Findings found, Rule rule, out bool isWanted)
        {
            isWanted = found._tallies[rule].Kept.Count < found._perRule;
            _words = isWanted ? new(literalLength + (16 * formattedCount)) : null;
        }

        public readonly bool IsWanted => _words is not null;

        public readonly void AppendLiteral(string text) => _words!.Append(text);

        public readonly void AppendFormatted<T>(T value, string? format = null)
        {
            if (value is IFormattable number)
            {
                _words!.Append(number.ToString(format, System.Globalization.CultureInfo.InvariantCulture));
            }
            else
            {
                _words!.Append(value);
            }
        }

        public override readonly string ToString() => _words?.ToString() ?? "";
    }

    private readonly int _perRule = perRule;
}
