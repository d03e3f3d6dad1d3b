using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>How the schemas with which a topic was written fit the schema of the record type that reads it; found once for each.</summary>
internal sealed class SchemaMaps(IEngineLog log, string topic, int ownId, RecordSchema own)
{
    private readonly Dictionary<int, SchemaMap> _maps = [];

    /// <summary>The map for a batch; null where it was written with the reader's own schema.</summary>
    /// <exception cref="RecordFormatException">The batch has no schema, or one that does not fit.</exception>
    public SchemaMap? For(in RecordBatch batch)
    {
        int schemaId = batch.SchemaId;
        if (schemaId == ownId) return null;
        if (_maps.TryGetValue(schemaId, out SchemaMap? known)) return known;
        string place = $"The records at {batch.Topic}/{batch.Partition}, offset {batch.BaseOffset} to {batch.LastOffset}";
        if (schemaId == 0)
            throw new RecordFormatException($"{place} were written without a schema, as raw bytes: write '{own.Name}' records with TopicWriter<{own.Name}, …>, Producer<{own.Name}> or 'flow produce {topic}'.");
        SchemaMap map = Compare(schemaId, place);
        _maps.Add(schemaId, map);
        return map;
    }

    private SchemaMap Compare(int schemaId, string place)
    {
        try
        {
            return new SchemaMap(RecordSchema.Parse(log.GetSchema(topic, schemaId)), own);
        }
        catch (RecordFormatException e)
        {
            throw new RecordFormatException($"{place} cannot be read as '{own.Name}': {e.Message}", e);
        }
    }
}
