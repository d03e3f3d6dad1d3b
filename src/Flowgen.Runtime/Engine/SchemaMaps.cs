namespace Flowgen.Runtime;

/// <summary>How the schemas with which a topic was written fit the schema of the record type that reads it; found once for each.</summary>
internal sealed class SchemaMaps(IEngineLog log, string topic, int ownId, RecordSchema own)
{
    private readonly Dictionary<int, SchemaMap?> _maps = new() { [ownId] = null };

    /// <summary>The map for a batch; null where it was written with the reader's own schema.</summary>
    /// <exception cref="RecordFormatException">The batch has no schema, or one that does not fit.</exception>
    public SchemaMap? For(int schemaId)
    {
        if (_maps.TryGetValue(schemaId, out SchemaMap? known)) return known;
        if (schemaId == 0)
            throw new RecordFormatException($"The records were written without a schema, as raw bytes: write '{own.Name}' records with TopicWriter<{own.Name}, …> or 'flow produce {topic}'.");
        SchemaMap map = new(RecordSchema.Parse(log.GetSchema(topic, schemaId)), own);
        _maps.Add(schemaId, map);
        return map;
    }
}
