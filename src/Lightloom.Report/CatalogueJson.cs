using System.Text.Json;
using Lightloom.Hardware;

namespace Lightloom.Report;

/// <summary>The catalogue as JSON: fields under the names of its files, each with its sources or the reason why it is assumed.</summary>
public static class CatalogueJson
{
    /// <summary>Writes all entries of a kind, or everything.</summary>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="kind"><c>switches</c>, <c>nodes</c> ... <c>facts</c>, <c>sources</c>, <c>assumed</c>; null for all.</param>
    public static void WriteList(Stream stream, Catalogue catalogue, string? kind)
    {
        using var json = new Utf8JsonWriter(stream, JsonText.Options);
        json.WriteStartObject();
        Section("switches", catalogue.Switches.Values);
        Section("nodes", catalogue.Nodes.Values);
        Section("nics", catalogue.Nics.Values);
        Section("interconnects", catalogue.Interconnects.Values);
        Section("passives", catalogue.Passives.Values);
        Section("asics", catalogue.Asics.Values);
        Items("models", catalogue.Models.Values);
        Items("generations", catalogue.Generations.Values);
        Items("stacks", catalogue.Stacks.Values);
        if (kind is null or "facts")
        {
            json.WriteStartArray("facts");
            foreach (Fact fact in catalogue.Facts.Values)
            {
                WriteFact(json, fact);
            }

            json.WriteEndArray();
        }

        if (kind is null or "sources")
        {
            WriteSources(json, catalogue.Sources.Values);
        }

        if (kind is "assumed")
        {
            WriteAssumed(json, catalogue);
        }

        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');

        void Items(string name, IEnumerable<CatalogueItem> items)
        {
            if (kind is not null && kind != name)
            {
                return;
            }

            json.WriteStartArray(name);
            foreach (CatalogueItem item in items)
            {
                json.WriteStartObject();
                json.WriteString("id", item.Id);
                WriteFields(json, item);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        void Section(string name, IEnumerable<CatalogueEntry> entries)
        {
            if (kind is not null && kind != name)
            {
                return;
            }

            json.WriteStartArray(name);
            foreach (CatalogueEntry entry in entries)
            {
                json.WriteStartObject();
                WriteEntry(json, entry);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    /// <summary>Writes one part, fact, source or quotation.</summary>
    public static void WriteOne(Stream stream, Catalogue catalogue, CatalogueItem item)
    {
        using var json = new Utf8JsonWriter(stream, JsonText.Options);
        switch (item)
        {
            case CatalogueEntry entry:
                json.WriteStartObject();
                WriteEntry(json, entry);
                WriteSources(json, SourcesOf(catalogue, entry));
                json.WriteEndObject();
                break;
            case Fact fact:
                WriteFact(json, fact);
                break;
            case Source source:
                WriteSource(json, source);
                break;
            default:
                json.WriteStartObject();
                json.WriteString("id", item.Id);
                json.WriteString("kind", CatalogueFigures.KindOf(item));
                WriteFields(json, item);
                WriteSources(json, SourcesOf(catalogue, item));
                json.WriteEndObject();
                break;
        }

        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    /// <summary>The sources that an entry cites, each once, in the order of the catalogue.</summary>
    public static IEnumerable<Source> SourcesOf(Catalogue catalogue, CatalogueItem entry)
    {
        HashSet<string> cited = [.. CatalogueFigures.SourcesOf(entry), .. CatalogueFigures.PricesOf(entry).Select(p => p.SourceId)];
        return catalogue.Sources.Values.Where(s => cited.Contains(s.Id));
    }

    private static void WriteAssumed(Utf8JsonWriter json, Catalogue catalogue)
    {
        json.WriteStartArray("assumed");
        foreach (CatalogueEntry entry in catalogue.Entries)
        {
            foreach (ShownFigure figure in CatalogueFigures.Of(entry).Where(f => f.Value is not null))
            {
                if (figure.Assumed is { } why)
                {
                    json.WriteStartObject();
                    json.WriteString("id", entry.Id);
                    json.WriteString("field", figure.Key);
                    json.WritePropertyName("value");
                    WriteValue(json, figure.Value);
                    json.WriteString("why", why);
                    json.WriteEndObject();
                }
            }
        }

        foreach (Fact fact in catalogue.Facts.Values.Where(f => f.Assumed is not null))
        {
            json.WriteStartObject();
            json.WriteString("id", fact.Key);
            json.WriteString("field", "value");
            json.WriteNumber("value", fact.Value);
            json.WriteString("why", fact.Assumed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEntry(Utf8JsonWriter json, CatalogueEntry entry)
    {
        json.WriteString("id", entry.Id);
        json.WriteString("kind", CatalogueFigures.KindOf(entry));
        json.WriteString("name", entry.Name);
        json.WriteString("vendor", entry.Vendor);
        json.WriteString("confidence", entry.Confidence.ToWord());
        json.WriteBoolean("user_defined", entry.UserDefined);
        json.WriteString("notes", entry.Notes);
        WriteFields(json, entry);
        json.WriteStartArray("prices");
        IReadOnlyList<Price> prices = CatalogueFigures.PricesOf(entry);
        foreach (Price price in prices)
        {
            json.WriteStartObject();
            json.WriteNumber("low_usd", price.Low.Dollars);
            json.WriteNumber("high_usd", price.High.Dollars);
            WriteNumber(json, "per_m_usd", price.PerMetre?.Dollars);
            WriteNumber(json, "length_m", price.Length?.Metres);
            json.WriteString("item", price.Item);
            json.WriteString("seller", price.Seller);
            json.WriteString("date", price.Date);
            json.WriteString("source", price.SourceId);
            json.WriteBoolean("estimate", price.IsEstimate);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (ChosenPrice.Of(prices) is { } chosen)
        {
            json.WriteStartObject("price_used");
            json.WriteNumber("usd", chosen.Amount.Value.Dollars);
            json.WriteString("date", chosen.Date);
            json.WriteString("source", chosen.SourceId);
            json.WriteBoolean("estimate", chosen.IsEstimate);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("price_used");
        }
    }

    private static void WriteFields(Utf8JsonWriter json, CatalogueItem entry)
    {
        json.WriteStartObject("fields");
        foreach (ShownFigure figure in CatalogueFigures.Of(entry))
        {
            json.WriteStartObject(figure.Key);
            json.WritePropertyName("value");
            WriteValue(json, figure.Value);
            WriteIds(json, "sources", figure.SourceIds);
            json.WriteString("assumed", figure.Assumed);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteFact(Utf8JsonWriter json, Fact fact)
    {
        json.WriteStartObject();
        json.WriteString("id", fact.Key);
        json.WriteString("kind", "fact");
        json.WriteNumber("value", fact.Value);
        json.WriteStartArray("values");
        foreach (double value in fact.Values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
        json.WriteString("confidence", fact.Confidence.ToWord());
        WriteIds(json, "sources", fact.SourceIds);
        json.WriteString("assumed", fact.Assumed);
        json.WriteString("notes", fact.Notes);
        json.WriteEndObject();
    }

    private static void WriteSources(Utf8JsonWriter json, IEnumerable<Source> sources)
    {
        json.WriteStartArray("sources");
        foreach (Source source in sources)
        {
            WriteSource(json, source);
        }

        json.WriteEndArray();
    }

    private static void WriteSource(Utf8JsonWriter json, Source source)
    {
        json.WriteStartObject();
        json.WriteString("id", source.Id);
        json.WriteString("title", source.Title);
        json.WriteString("url", source.Url);
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case IReadOnlyList<string> texts:
                json.WriteStartArray();
                foreach (string text in texts)
                {
                    json.WriteStringValue(text);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }

    private static void WriteIds(Utf8JsonWriter json, string name, IReadOnlyList<string> ids)
    {
        json.WriteStartArray(name);
        foreach (string id in ids)
        {
            json.WriteStringValue(id);
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } n)
        {
            json.WriteNumber(name, n);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
