namespace Lightloom.Studies;

/// <summary>The ids of what can be wrong with a study. docs/diagnostics.md explains each.</summary>
public static class StudyProblem
{
    /// <summary>A path that no cluster file has.</summary>
    public const string UnknownPath = "LL8301";

    /// <summary>An option that the command does not have, or that a study cannot give.</summary>
    public const string UnknownOption = "LL8302";

    /// <summary>A value that the cluster file or the command does not take.</summary>
    public const string WrongValue = "LL8303";

    /// <summary>An axis that says too little or too much.</summary>
    public const string WrongAxis = "LL8304";

    /// <summary>More points than a study may have.</summary>
    public const string TooManyPoints = "LL8305";

    /// <summary>Two axes vary the same thing.</summary>
    public const string VariedTwice = "LL8306";

    /// <summary>A file that the study names cannot be read.</summary>
    public const string NoFile = "LL8307";
}
