using Lightloom.Experiments.Compare;
using Lightloom.Spec;

namespace Lightloom.Report.Compare;

/// <summary>How a column was run, in words.</summary>
public static class ColumnWords
{
    /// <summary><c>nscc with oblivious</c>, or <c>cells and credits</c>.</summary>
    public static string Of(Comparison comparison, SimulatedColumn column)
    {
        if (comparison.Contenders[column.Contender].Figures!.Paradigm == Paradigm.SwitchScheduled)
        {
            return "cells and credits";
        }

        return $"{column.Options.Transport} with {column.Options.LoadBalancing}";
    }
}
