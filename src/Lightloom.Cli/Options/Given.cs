namespace Lightloom.Cli.Options;

/// <summary>A value that a user gave, or nothing: a default never looks like something given.</summary>
/// <param name="Value">The value; meaningless unless <paramref name="IsGiven"/>.</param>
/// <param name="IsGiven">Whether it was given. The default value of this type is not given.</param>
public readonly record struct Given<T>(T Value, bool IsGiven)
{
    /// <summary>A value that was given.</summary>
    public Given(T value)
        : this(value, true) { }
}
