namespace Samples.Flights;

/// <summary>One airport; a table, read beside the flights.</summary>
/// <param name="Iata">IATA code; for small ones the code of the FAA.</param>
/// <param name="Name">Name.</param>
/// <param name="City">City.</param>
/// <param name="State">Two letters.</param>
/// <param name="Country">Country.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
[Topic(Topics.Airports, Partitions = 6, Cleanup = Cleanup.Compact)]
public readonly record struct Airport(
    [Key] string Iata,
    string Name,
    string City,
    string State,
    string Country,
    double Latitude,
    double Longitude);
