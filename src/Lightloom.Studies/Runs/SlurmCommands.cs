using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Lightloom.Studies.Runs;

/// <summary>Slurm's own commands: sbatch, squeue, scancel, scontrol. Nothing else stands between a study and the cluster.</summary>
public static class SlurmCommands
{
    /// <summary>How many tasks one array may have.</summary>
    /// <exception cref="SlurmException">The controller does not answer.</exception>
    public static int MostTasks()
    {
        string line =
            Run("scontrol", ["show", "config"]).Split('\n').FirstOrDefault(l => l.StartsWith("MaxArraySize", StringComparison.Ordinal))
            ?? throw new SlurmException("scontrol show config does not tell MaxArraySize");
        // The size bounds the highest index, which it must stay below.
        return int.TryParse(line.Split('=')[^1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size > 0
            ? size
            : throw new SlurmException("this cluster takes no job arrays: its MaxArraySize is 0");
    }

    /// <summary>Submits a job; its number.</summary>
    /// <exception cref="SlurmException">It was not accepted.</exception>
    public static string Submit(IReadOnlyList<string> arguments)
    {
        // "123;cluster" where there are several clusters.
        string id = Run("sbatch", ["--parsable", .. arguments]).Trim().Split(';')[0];
        return id.Length > 0 && id.All(char.IsAsciiDigit) ? id : throw new SlurmException($"sbatch answered '{id}' and no job's number");
    }

    /// <summary>Tasks of these jobs that wait or run.</summary>
    /// <exception cref="SlurmException">The controller does not answer.</exception>
    public static SlurmQueue Queue(IReadOnlyCollection<string> jobs)
    {
        List<string> lines = [];
        foreach (string job in jobs)
        {
            try
            {
                lines.AddRange(Run("squeue", ["-h", "-r", "-o", "%i|%T|%r", "-j", job]).Split('\n'));
            }
            catch (SlurmException e) when (e.Message.Contains("Invalid job id", StringComparison.OrdinalIgnoreCase))
            {
                // The controller forgets jobs some minutes after they ended.
            }
        }

        return new(lines);
    }

    /// <summary>Lets held tasks run.</summary>
    /// <exception cref="SlurmException">The controller does not answer, or a task is gone.</exception>
    public static void Release(IReadOnlyCollection<string> tasks) => Run("scontrol", ["release", string.Join(',', tasks)]);

    /// <summary>Cancels jobs.</summary>
    /// <exception cref="SlurmException">The controller does not answer.</exception>
    public static void Cancel(IReadOnlyCollection<string> jobs) => Run("scancel", [.. jobs]);

    private static string Run(string command, IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(command) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new SlurmException(
                $"there is no {command} on PATH; --engine slurm runs where jobs are submitted, --engine local anywhere"
            );
        }

        using (process)
        {
            Task<string> said = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : throw new SlurmException($"{command}: {said.Result.Trim().Replace('\n', ' ')}");
        }
    }
}
