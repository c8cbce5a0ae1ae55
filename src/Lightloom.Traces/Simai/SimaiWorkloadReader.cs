using System.Globalization;
using System.Text;
using Lightloom.Traces.Graph;
using Lightloom.Traces.Reading;

namespace Lightloom.Traces.Simai;

/// <summary>
/// The workload that SimAI and ASTRA-sim's older front end read: how ranks are grouped, how many layers, then a line a layer with its
/// forward, input-gradient and weight-gradient computation and what is communicated after each.
/// </summary>
/// <remarks>
/// All ranks run one training step: forward through the layers, each waiting for its communication; backward through them, where the
/// communication of weight gradients goes on beside the layers before; docs/models/traces.md.
/// </remarks>
internal sealed class SimaiWorkloadReader(ByteSource source, TraceFile file, int ranks)
{
    private const int Columns = 12;
    private const int MostLayers = 1 << 20;

    // The older format's computation is in microseconds; SimAI's is in nanoseconds.
    private static readonly string[] Micro =
    [
        "MICRO",
        "DATA",
        "MODEL",
        "HYBRID_DATA_MODEL",
        "HYBRID_MODEL_DATA",
        "HYBRID_DLRM",
        "HYBRID_DLRM_ENHANCED",
    ];
    private static readonly string[] Nano =
    [
        "HYBRID_TRANSFORMER",
        "HYBRID_TRANSFORMER_FWD_IN_BCKWD",
        "HYBRID_CUSTOMIZED",
        "DISTRIBUTED_INFERENCE",
    ];

    private readonly record struct Pass(long Nanoseconds, TraceCollective? Collective, bool Expert, long Bytes);

    private readonly record struct Layer(long Line, Pass Forward, Pass Input, Pass Weight, long Update);

    private readonly List<Layer> _layers = [];
    private int _tensor = 1;
    private int _pipeline = 1;
    private int _expert = 1;
    private int _world;
    private long _unit = 1;
    private bool _model = true;
    private bool _data = true;

    /// <summary>Whether a word is the first of such a file.</summary>
    public static bool IsParallelism(string word) => Micro.Contains(word) || Nano.Contains(word);

    /// <summary>Reads the file and hands on every rank's operations.</summary>
    public void ReadTo(ITraceSink sink, CancellationToken cancel)
    {
        Header(Words(true));
        long layers = Number(Words(true)[0], "the number of layers", 1, MostLayers);
        while (_layers.Count < layers)
        {
            cancel.ThrowIfCancellationRequested();
            string[] words = Words(false);
            if (words.Length == 0)
            {
                throw file.Stop(
                    TraceProblems.Truncated,
                    source.Line,
                    $"the file announces {layers} layers and ends after {_layers.Count}; correct the count or add the layers"
                );
            }

            _layers.Add(Row(words));
        }

        if (Words(false) is { Length: > 0 })
        {
            throw file.Stop(
                TraceProblems.Syntax,
                source.Line,
                $"the file announces {layers} layers and goes on after them; correct the count"
            );
        }

        sink.Begin(_world, gatherCountsShards: true);
        for (int rank = 0; rank < _world; rank++)
        {
            cancel.ThrowIfCancellationRequested();
            sink.BeginRank(rank, file.Path, isBinary: false);
            Rank(rank, sink);
            sink.EndRank();
        }
    }

    private string[] Words(bool needed)
    {
        while (source.TryReadLine(out ReadOnlySpan<byte> line, out bool tooLong))
        {
            if (tooLong)
            {
                throw file.Stop(TraceProblems.Syntax, source.Line, "the line is longer than any of a workload");
            }

            string[] words = Encoding.UTF8.GetString(line).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0)
            {
                return words;
            }
        }

        return needed
            ? throw file.Stop(
                TraceProblems.Truncated,
                Math.Max(1, source.Line),
                "a workload begins with its parallelism and the number of layers"
            )
            : [];
    }

    private void Header(string[] words)
    {
        string parallelism = words[0];
        if (!IsParallelism(parallelism))
        {
            throw file.Stop(
                TraceProblems.Syntax,
                source.Line,
                $"'{Yaml.Excerpt.Of(parallelism)}' is no parallelism; known are {string.Join(", ", Micro.Concat(Nano))}"
            );
        }

        if (parallelism.StartsWith("HYBRID_DLRM", StringComparison.Ordinal) || parallelism == "HYBRID_CUSTOMIZED")
        {
            throw file.Stop(
                TraceProblems.Unsupported,
                source.Line,
                $"{parallelism} is not replayed; DATA, MODEL, MICRO, HYBRID_DATA_MODEL, HYBRID_MODEL_DATA and HYBRID_TRANSFORMER are"
            );
        }

        _unit = Micro.Contains(parallelism) ? 1000 : 1;
        long all = 0,
            pipelineBytes = 0;
        for (int i = 1; i + 1 < words.Length; i++)
        {
            string key = words[i].TrimEnd(':');
            bool good = long.TryParse(words[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out long value);
            switch (key)
            {
                case "model_parallel_NPU_group" when good:
                    _tensor = (int)Number(words[i + 1], key, 1, TraceFile.MostRanks);
                    break;
                case "ep" when good:
                    _expert = (int)Number(words[i + 1], key, 1, TraceFile.MostRanks);
                    break;
                case "pp" when good:
                    _pipeline = (int)Number(words[i + 1], key, 1, TraceFile.MostRanks);
                    break;
                case "all_gpus" when good:
                    all = Number(words[i + 1], key, 1, TraceFile.MostRanks);
                    break;
                case "pp_comm" when good:
                    pipelineBytes = value;
                    break;
            }
        }

        Groups(parallelism, all);
        if (pipelineBytes > 0 && _pipeline > 1)
        {
            file.Warning(
                TraceProblems.Unsupported,
                source.Line,
                $"pp_comm, {pipelineBytes} bytes between pipeline stages, is left out: the format has no schedule of micro-batches"
            );
        }
    }

    private void Groups(string parallelism, long all)
    {
        if (all == 0 && ranks == 0)
        {
            throw file.Stop(TraceProblems.Value, source.Line, "the workload does not say how many ranks run it (all_gpus); give --xpus N");
        }

        _world = all > 0 ? (int)all : ranks;
        (_model, _data) = parallelism switch
        {
            "DATA" or "MICRO" => (false, true),
            "MODEL" => (true, false),
            _ => (true, true),
        };
        if (parallelism is "HYBRID_DATA_MODEL" or "HYBRID_MODEL_DATA" && _tensor == 1)
        {
            throw file.Stop(
                TraceProblems.Unsupported,
                source.Line,
                $"{parallelism} divides ranks by the dimensions of a network; say how, with 'model_parallel_NPU_group: N' behind it"
            );
        }

        if (parallelism == "MODEL")
        {
            _tensor = _world;
        }

        long whole = (long)_tensor * _pipeline;
        if (whole > _world || _world % whole != 0 || _world / whole % _expert != 0)
        {
            throw file.Stop(
                TraceProblems.Value,
                source.Line,
                $"{_world} ranks do not divide into tensor groups of {_tensor}, {_pipeline} pipeline stages and expert groups of {_expert}"
            );
        }
    }

    private Layer Row(string[] words)
    {
        if (words.Length != Columns)
        {
            throw file.Stop(
                TraceProblems.Syntax,
                source.Line,
                $"a layer has {Columns} columns and this line has {words.Length}: name, reserved, then time, collective and "
                    + $"bytes three times, "
                    + "then the update's time"
            );
        }

        return new(
            source.Line,
            PassOf(words, 2, "forward"),
            PassOf(words, 5, "input gradient"),
            PassOf(words, 8, "weight gradient"),
            checked(Number(words[11], "the update's time", 0, long.MaxValue / 1_000_000) * _unit)
        );
    }

    private Pass PassOf(string[] words, int at, string name)
    {
        long time = Number(words[at], $"the {name}'s time", 0, long.MaxValue / 1_000_000) * _unit;
        long bytes = Number(words[at + 2], $"the {name}'s bytes", 0, 1L << 50);
        string kind = words[at + 1];
        bool expert = kind.EndsWith("_EP", StringComparison.Ordinal);
        string bare = kind.Replace("_DP_EP", "", StringComparison.Ordinal).Replace("_EP", "", StringComparison.Ordinal);
        TraceCollective? collective = bare switch
        {
            "NONE" => null,
            "ALLREDUCE" => TraceCollective.AllReduce,
            "ALLGATHER" => TraceCollective.AllGather,
            "REDUCESCATTER" => TraceCollective.ReduceScatter,
            "ALLTOALL" => TraceCollective.AllToAll,
            _ => throw file.Stop(
                TraceProblems.Syntax,
                source.Line,
                $"'{Yaml.Excerpt.Of(kind)}' is no collective; known are NONE, ALLREDUCE, ALLGATHER, REDUCESCATTER, ALLTOALL, "
                    + $"each also with "
                    + "_EP or _DP_EP"
            ),
        };
        return new(time, bytes == 0 ? null : collective, expert, bytes);
    }

    private long Number(string word, string what, long least, long most) =>
        long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value >= least && value <= most
            ? value
            : throw file.Stop(
                TraceProblems.Syntax,
                source.Line,
                $"{what} is '{Yaml.Excerpt.Of(word)}', which is no whole number from {least} to {most}"
            );

    // Tensor-parallel ranks are neighbours, then data-parallel ones, then pipeline stages.
    private string GroupOf(int rank, bool weights, bool expert)
    {
        int data = _world / _tensor / _pipeline;
        int tensor = rank % _tensor,
            replica = rank / _tensor % data,
            stage = rank / _tensor / data;
        return FormattableString.Invariant(
            (weights, expert) switch
            {
                (false, false) => $"tensor {rank / _tensor}",
                (true, false) => $"data {tensor}.{stage}",
                (false, true) => $"expert {tensor}.{stage}.{replica / _expert}",
                (true, true) => $"expert data {tensor}.{stage}.{replica % _expert}",
            }
        );
    }

    private int SizeOf(bool weights, bool expert)
    {
        int data = _world / _tensor / _pipeline;
        return (weights, expert) switch
        {
            (false, false) => _tensor,
            (true, false) => data,
            (false, true) => _expert,
            (true, true) => data / _expert,
        };
    }

    private void Rank(int rank, ITraceSink sink)
    {
        long next = 0;
        long last = -1;
        long Compute(long line, long nanoseconds, long after)
        {
            sink.Operation(new(next, TraceKind.Compute, line, Nanoseconds: nanoseconds));
            return After(after, line);
        }

        long Communicate(long line, Pass pass, bool weights, long after)
        {
            bool allowed = pass.Expert || (weights ? _data : _model);
            if (pass.Collective is not { } collective || !allowed || SizeOf(weights, pass.Expert) < 2)
            {
                return after;
            }

            sink.Operation(
                new(next, TraceKind.Collective, line, Bytes: pass.Bytes, Collective: collective, Group: GroupOf(rank, weights, pass.Expert))
            );
            return After(after, line);
        }

        long After(long after, long line)
        {
            if (after >= 0)
            {
                sink.Requires(next, after, start: false, line);
            }

            return next++;
        }

        foreach (Layer layer in _layers)
        {
            last = Communicate(layer.Line, layer.Forward, weights: false, Compute(layer.Line, layer.Forward.Nanoseconds, last));
        }

        for (int i = _layers.Count - 1; i >= 0; i--)
        {
            Layer layer = _layers[i];
            last = Compute(layer.Line, layer.Weight.Nanoseconds, last);
            long reduced = Communicate(layer.Line, layer.Weight, weights: true, last);
            if (layer.Update > 0)
            {
                Compute(layer.Line, layer.Update, reduced);
            }

            last = Communicate(layer.Line, layer.Input, weights: false, Compute(layer.Line, layer.Input.Nanoseconds, last));
        }
    }
}
