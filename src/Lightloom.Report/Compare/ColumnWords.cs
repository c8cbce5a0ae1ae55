using Lightloom.Experiments.Compare;
using Lightloom.Simulation.Model;
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

        return $"{KindWords.Of(column.Options.Transport)} with {KindWords.Of(column.Options.LoadBalancing)}";
    }
}
