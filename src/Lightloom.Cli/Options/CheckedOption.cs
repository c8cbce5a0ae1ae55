using System.CommandLine;
using System.CommandLine.Parsing;

namespace Lightloom.Cli.Options;

/// <summary>
/// An option whose value is checked while the command line is parsed: text that is no value of it, or one out of its range, is refused in
/// words before anything is computed. Every option of Lightloom that takes a value is one; a test holds that.
/// </summary>
/// <remarks>Make one by <see cref="Value"/>, which says range and default to the reader and to help at once.</remarks>
public sealed class CheckedOption<T> : Option<Given<T>>, ICheckedOption
{
    private readonly T _whenLeftOut;

    /// <summary>Makes one.</summary>
    /// <param name="names">Its name, then its aliases.</param>
    /// <param name="description">What it does; what it takes and its default are added.</param>
    /// <param name="expects">What it takes, to follow "must be".</param>
    /// <param name="read">Reads one text; false when it is no value or out of range.</param>
    /// <param name="whenLeftOut">The value when the option is left out.</param>
    internal CheckedOption(string[] names, string description, string expects, TryRead read, T whenLeftOut)
        : base(names[0], names[1..])
    {
        Description = description;
        Expects = expects;
        _whenLeftOut = whenLeftOut;
        CustomParser = result => Parse(result, read);
    }

    /// <summary>Reads one text.</summary>
    public delegate bool TryRead(string text, out T value);

    /// <inheritdoc/>
    public string Expects { get; }

    /// <summary>The value, or the default when it was left out.</summary>
    public T In(ParseResult parsed) => parsed.GetValue(this) is { IsGiven: true } given ? given.Value : _whenLeftOut;

    /// <inheritdoc/>
    public bool IsGivenIn(ParseResult parsed) => parsed.GetResult(this) is { Implicit: false };

    private Given<T> Parse(ArgumentResult result, TryRead read)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (result.Tokens.Count == 1 && read(text, out T value))
        {
            return new(value);
        }

        result.AddError($"{Name} '{Yaml.Excerpt.Of(text)}' must be {Expects}");
        return default;
    }
}
