using Flowgen.Log;
using Flowgen.Runtime;

namespace Flowgen.Tool.Records;

/// <summary>The shapes of the records of a topic, as they are stored with it.</summary>
internal sealed class TopicSchemas(FlowLog log, string topic)
{
    private readonly Dictionary<int, RecordSchema?> _schemas = new() { [0] = null };

    /// <summary>The shape with an id from a batch; null for bytes without schema.</summary>
    public RecordSchema? Find(int id)
    {
        if (!_schemas.TryGetValue(id, out RecordSchema? schema))
            _schemas.Add(id, schema = RecordSchema.Parse(log.GetSchema(topic, id)));
        return schema;
    }

    /// <summary>The id of the newest shape; 0 where the topic has none.</summary>
    public int NewestId => log.SchemaIds(topic) is { Count: > 0 } ids ? ids[^1] : 0;
}
