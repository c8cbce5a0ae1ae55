namespace Lightloom.Verify.Tests;

/// <summary>One deliberate mistake in a written folder.</summary>
/// <param name="Rule">The rule that must name it.</param>
/// <param name="What">What somebody did, in words; the test's name.</param>
/// <param name="Do">Does it.</param>
internal sealed record Corruption(string Rule, string What, Action<WrittenFolder> Do)
{
    /// <summary>True when it is made in a folder with patch panels and trunks.</summary>
    public bool AtPanels { get; init; }

    /// <summary>True when it is made in a folder with a rack-scale node.</summary>
    public bool WithTrays { get; init; }

    /// <summary>True when it is made in a folder with duplex fibre over cassettes, and a switch in stock.</summary>
    public bool WithCassettes { get; init; }

    public override string ToString() => $"{Rule}: {What}";
}
