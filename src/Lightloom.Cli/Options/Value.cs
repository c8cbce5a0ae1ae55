using System.Globalization;
using Lightloom.Units;

namespace Lightloom.Cli.Options;

/// <summary>Makes options that take a value, each with what it takes, its range, unit and default.</summary>
/// <remarks>
/// Names are given as <c>--name</c> or <c>--name|-n</c>. A null default means that something else decides; the description says what.
/// </remarks>
public static class Value
{
    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>, both allowed; never NaN or infinite.</summary>
    public static CheckedOption<double?> Number(
        string names,
        string description,
        double least,
        double most,
        double? whenLeftOut = null,
        string unit = ""
    )
    {
        string expects = Range(least, most, unit);
        return Make<double?>(
            names,
            description,
            expects,
            whenLeftOut?.ToString("0.####", CultureInfo.InvariantCulture),
            (string text, out double? value) =>
            {
                bool good =
                    double.TryParse(
                        text,
                        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                        CultureInfo.InvariantCulture,
                        out double read
                    )
                    && read >= least
                    && read <= most;
                value = read;
                return good;
            },
            whenLeftOut,
            "X",
            expects
        );
    }

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>, both allowed.</summary>
    public static CheckedOption<int?> Whole(
        string names,
        string description,
        int least,
        int most,
        int? whenLeftOut = null,
        Func<int, bool>? also = null,
        string kind = "a whole number, "
    )
    {
        string range = Range(least, most, "");
        return Make<int?>(
            names,
            description,
            kind + range,
            whenLeftOut?.ToString(CultureInfo.InvariantCulture),
            (string text, out int? value) =>
            {
                bool good =
                    int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int read)
                    && read >= least
                    && read <= most
                    && (also is null || also(read));
                value = read;
                return good;
            },
            whenLeftOut,
            "N",
            range
        );
    }

    /// <summary>A seed: any whole number that fits in 64 bits.</summary>
    public static CheckedOption<ulong> Seed(string description) =>
        Make(
            "--seed",
            description,
            "a whole number, 0 to 18,446,744,073,709,551,615",
            "1",
            (string text, out ulong value) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value),
            1UL
        );

    /// <summary>An amount of data.</summary>
    public static CheckedOption<long?> Size(string names, string description, long least, long most, long? whenLeftOut = null) =>
        Make<long?>(
            names,
            description,
            $"a size, for example 4MiB, {DataSize.FromBytes(least)} to {DataSize.FromBytes(most)}",
            whenLeftOut is { } usual ? DataSize.FromBytes(usual).ToString() : null,
            (string text, out long? value) =>
            {
                bool good = DataSize.TryParse(text, out DataSize read) && read.Bytes >= least && read.Bytes <= most;
                value = read.Bytes;
                return good;
            },
            whenLeftOut,
            "SIZE",
            $"{DataSize.FromBytes(least)} to {DataSize.FromBytes(most)}"
        );

    /// <summary>Two amounts of data, the lower one first.</summary>
    public static CheckedOption<(long Low, long High)?> SizePair(string names, string description) =>
        Make<(long, long)?>(
            names,
            description,
            "LO,HI in bytes or with a unit, both above 0, the lower one first, for example 32KiB,128KiB",
            null,
            (string text, out (long, long)? value) =>
            {
                value = null;
                bool good =
                    text.Split(',') is [var first, var second]
                    && DataSize.TryParse(first, out DataSize low)
                    && DataSize.TryParse(second, out DataSize high)
                    && low.Bytes > 0
                    && low <= high
                    && (value = (low.Bytes, high.Bytes)) is not null;
                return good;
            },
            null,
            "LO,HI"
        );

    /// <summary>One of several words.</summary>
    public static CheckedOption<string?> Word(
        string names,
        string description,
        IReadOnlyList<string> words,
        string? whenLeftOut = null,
        string helpName = "NAME"
    ) =>
        Make<string?>(
            names,
            description,
            (words.Count == 1 ? "" : "one of ") + string.Join(", ", words),
            whenLeftOut,
            (string text, out string? value) =>
            {
                value = words.FirstOrDefault(w => w.Equals(text, StringComparison.OrdinalIgnoreCase));
                return value is not null;
            },
            whenLeftOut,
            helpName
        );

    /// <summary>The name of something that only the cluster file tells: letters, digits, - and _; looked up once that is read.</summary>
    public static CheckedOption<string?> Name(string names, string description, string expects, string whenLeftOut) =>
        Make<string?>(
            names,
            description,
            expects,
            whenLeftOut,
            (string text, out string? value) =>
            {
                value = text;
                return text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
            },
            whenLeftOut,
            "NETWORK"
        );

    /// <summary>Several of several words, divided by commas, at least one, none of them twice.</summary>
    public static CheckedOption<string[]> Words(string names, string description, IReadOnlyList<string> words) =>
        Make<string[]>(
            names,
            description,
            "one or more, each once, divided by commas, of " + string.Join(", ", words),
            null,
            (string text, out string[] value) => Items(text, out value) && Array.TrueForAll(value, words.Contains),
            [],
            "LIST"
        );

    /// <summary>A list divided by commas whose items somebody else checks, at least one, none of them twice.</summary>
    public static CheckedOption<string[]> List(string names, string description, string expects, Func<string, bool>? each = null) =>
        Make<string[]>(
            names,
            description,
            expects + ", each once",
            null,
            (string text, out string[] value) => Items(text, out value) && (each is null || Array.TrueForAll(value, v => each(v))),
            [],
            "LIST"
        );

    /// <summary>The name of a file or a directory: not empty. Whether it exists is for whoever opens it.</summary>
    public static CheckedOption<string?> Path(string names, string description, string helpName) =>
        Make<string?>(
            names,
            description,
            helpName.StartsWith("DIR", StringComparison.Ordinal) ? "the name of a directory" : "the name of a file",
            null,
            (string text, out string? value) =>
            {
                value = text;
                return text.Trim().Length > 0 && !text.Contains('\0', StringComparison.Ordinal);
            },
            null,
            helpName
        );

    /// <summary>Text in a grammar of its own.</summary>
    /// <param name="names">Its name, then its aliases.</param>
    /// <param name="description">What it does.</param>
    /// <param name="expects">The grammar, to follow "must be".</param>
    /// <param name="read">Reads it.</param>
    /// <param name="helpName">What help calls the value.</param>
    public static CheckedOption<T?> Text<T>(
        string names,
        string description,
        string expects,
        CheckedOption<T?>.TryRead read,
        string helpName
    ) => Make(names, description, expects, null, read, default, helpName);

    private static CheckedOption<T> Make<T>(
        string names,
        string description,
        string expects,
        string? usual,
        CheckedOption<T>.TryRead read,
        T whenLeftOut,
        string? helpName = null,
        string? range = null
    ) =>
        new(names.Split('|'), usual is null ? description : $"{description} [{usual}]", expects, read, whenLeftOut) { HelpName = helpName };

    private static bool Items(string text, out string[] items)
    {
        items = text.Split(',', StringSplitOptions.TrimEntries);
        return Array.TrueForAll(items, i => i.Length > 0) && items.Distinct(StringComparer.OrdinalIgnoreCase).Count() == items.Length;
    }

    private static string Range(double least, double most, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{least:#,0.######} to {most:#,0.######}{(unit.Length > 0 ? " " + unit : "")}");
}
