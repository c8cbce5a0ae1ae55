using System.CommandLine;
using Lightloom.Cli;
using Lightloom.Cli.Commands;

// Asked often by scripts, so it is answered before anything is loaded.
if (args is ["--version"])
{
    Console.Out.WriteLine(Product.Version);
    return ExitCode.Done;
}

RootCommand root = new(
    "Lightloom designs the network of an AI cluster, from XPU to 800G transceiver, and proves the design by simulating it."
)
{
    InitCommand.Create(),
    DesignCommand.Create(),
    InterconnectCommand.Create(),
    CatalogCommand.Create(),
    ExploreCommand.Create(),
    SimulateCommand.Create(),
    CompareCommand.Create(),
    FaultsCommand.Create(),
};
return CommandLine.Run(root, args);
