using Lightloom.Studio;
using Lightloom.Studio.Hosting;

try
{
    return await StudioHost.RunAsync(StudioOptions.Parse(args));
}
catch (FormatException e)
{
    Console.Error.WriteLine("lightloom: " + e.Message);
    return 2;
}
