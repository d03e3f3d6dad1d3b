using Flowgen.Log.Files;

namespace Flowgen.Log.Storage;

/// <summary>A topic as it is committed.</summary>
internal sealed class TopicState(IFileSystem files, LogLayout layout, int id, TopicDescription description)
{
    public int Id => id;

    public TopicDescription Description => description;

    public Partition[] Partitions { get; } =
        [.. Enumerable.Range(0, description.Partitions).Select(i => new Partition(files, layout, id, description.Name, i))];

    /// <summary>Schemas by id; the first has the id 1. Guarded by the gate of the <see cref="LogState"/>.</summary>
    public List<byte[]> Schemas { get; } = [];

    public int FindSchema(ReadOnlySpan<byte> schema)
    {
        for (int i = 0; i < Schemas.Count; i++)
        {
            if (schema.SequenceEqual(Schemas[i]))
                return i + 1;
        }

        return 0;
    }
}
