namespace Lightloom.Training;

/// <summary>The ids of what can be wrong with a training job. docs/diagnostics.md explains each.</summary>
public static class TrainingProblem
{
    /// <summary>No model is named.</summary>
    public const string NoModel = "LL9001";

    /// <summary>A model that the catalogue does not have, without dimensions.</summary>
    public const string UnknownModel = "LL9002";

    /// <summary>Dimensions are missing.</summary>
    public const string MissingDimensions = "LL9003";

    /// <summary>A stack that the catalogue does not have.</summary>
    public const string UnknownStack = "LL9004";

    /// <summary>The batch is missing.</summary>
    public const string NoBatch = "LL9005";

    /// <summary>The XPUs do not have the precision, or their figures are not known.</summary>
    public const string XpuUnknown = "LL9006";

    /// <summary>The job takes more XPUs than there are.</summary>
    public const string TooManyXpus = "LL9010";

    /// <summary>Note: XPUs stay idle.</summary>
    public const string IdleXpus = "LL9011";

    /// <summary>Something is not divisible by what divides it.</summary>
    public const string Indivisible = "LL9012";

    /// <summary>The job cannot be timed on a design that <c>explore</c> considers.</summary>
    public const string NotTimed = "LL9013";

    /// <summary>Note: a default was taken.</summary>
    public const string Assumed = "LL9020";

    /// <summary>Note: how packets or another simulator's model timed the collectives.</summary>
    public const string HowTimed = "LL9021";

    /// <summary>The model does not fit the memory of an XPU.</summary>
    public const string OutOfMemory = "LL9901";

    /// <summary>No parallelism fits.</summary>
    public const string NothingFits = "LL9902";

    /// <summary>The faults cut XPUs off.</summary>
    public const string CutOff = "LL9903";

    /// <summary>No backend that <c>explore</c> considers becomes a design.</summary>
    public const string NoDesign = "LL9906";
}
