using System.CommandLine;

namespace Lightloom.Cli.Options;

/// <summary>An option that may be given several times, each text checked while the command line is parsed.</summary>
public sealed class RepeatedOption : Option<string[]>, ICheckedOption
{
    /// <summary>Makes one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="expects">What each text must be, to follow "must be".</param>
    /// <param name="helpName">What help calls the value.</param>
    /// <param name="each">Whether a text is one; null when only somebody who knows the network can say.</param>
    public RepeatedOption(string name, string description, string expects, string helpName, Func<string, bool>? each = null)
        : base(name)
    {
        Description = description;
        Expects = expects;
        HelpName = helpName;
        Arity = ArgumentArity.OneOrMore;
        CustomParser = result =>
        {
            foreach (System.CommandLine.Parsing.Token token in result.Tokens)
            {
                string text = token.Value;
                if (text.Trim(' ', ',').Length == 0 || (each is not null && !each(text)))
                {
                    result.AddError($"{name} '{Yaml.Excerpt.Of(text)}' must be {expects}");
                    return null;
                }
            }

            return [.. result.Tokens.Select(t => t.Value)];
        };
    }

    /// <inheritdoc/>
    public string Expects { get; }

    /// <summary>The texts in the order given; empty when there are none.</summary>
    public string[] In(ParseResult parsed) => parsed.GetValue(this) ?? [];

    /// <inheritdoc/>
    public bool IsGivenIn(ParseResult parsed) => parsed.GetResult(this) is { Implicit: false };
}
