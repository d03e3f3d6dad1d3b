namespace Flowgen.Runtime;

/// <summary>The schemas of an app's topics: registers those of the app, finds those with which records were written.</summary>
internal sealed class TopicSchemas(IEngineLog log)
{
    private readonly Dictionary<(string Topic, RecordSchema Schema), int> _ids = [];

    /// <summary>The number of a record type's schema in a topic.</summary>
    public int IdOf(string topic, RecordSchema schema)
    {
        if (!_ids.TryGetValue((topic, schema), out int id)) _ids.Add((topic, schema), id = log.RegisterSchema(topic, schema.ToJson()));
        return id;
    }

    /// <summary>For one reader of a topic.</summary>
    public SchemaMaps MapsFor(string topic, RecordSchema schema) => new(log, topic, IdOf(topic, schema), schema);

    /// <summary>For one receiver of an exchange: both ends are this program.</summary>
    public SchemaMaps MapsForExchange(string exchange, RecordSchema schema) => new(log, exchange, ExchangeLink.SchemaId, schema);
}
