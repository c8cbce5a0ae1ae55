using System.CommandLine;

namespace Lightloom.Cli.Commands;

/// <summary>All commands under the name that the program is called by.</summary>
public static class RootOfCommands
{
    /// <summary>The tree.</summary>
    public static Command Create()
    {
        // No RootCommand: that takes its name from the file of the program, and users call this one by the launcher's.
        Command root = new(
            "lightloom",
            "Lightloom designs the network of an AI cluster, from XPU to 800G transceiver, and proves the design by simulating it."
        )
        {
            InitCommand.Create(),
            DesignCommand.Create(),
            InterconnectCommand.Create(),
            CatalogCommand.Create(),
            ExploreCommand.Create(),
            SimulateCommand.Create(),
            CollectiveCommand.Create(),
            CalibrateCommand.Create(),
            CompareCommand.Create(),
            TrainCommand.Create(),
            InferCommand.Create(),
            ExportCommand.Create(),
            ImportCommand.Create(),
            FaultsCommand.Create(),
            VerifyCommand.Create(),
            StudioCommand.Create(),
            StudyCommand.Create(),
        };
        root.Options.Add(new System.CommandLine.Help.HelpOption());
        root.Options.Add(new VersionOption());
        return root;
    }
}
