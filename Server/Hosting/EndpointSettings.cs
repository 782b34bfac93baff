using System.Globalization;
using System.Net;
using System.Net.Sockets;
using KaiChat.Server.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace KaiChat.Server.Hosting;

/// <summary>Where the server is to listen, looked at before it does: what Kestrel says of a wrong address names no setting, and of some nothing.</summary>
internal static class EndpointSettings
{
    private const string NativeAddress = "KaiChat:Address", NativePort = "KaiChat:Port", AdminPort = "Admin:Port";

    /// <summary>What Kestrel refuses on an endpoint without TLS.</summary>
    private static readonly string[] OfHttpsAlone = ["Certificate:Path", "Certificate:Subject", "ClientCertificateMode", "SslProtocols", "Sni"];

    /// <summary>What is wrong with the words alone: addresses that cannot be read, and two on one port.</summary>
    public static IEnumerable<string> FindFaults(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().ToArray();
        var faults = endpoints.Select(FindFault).OfType<string>().ToArray();
        if (faults.Length > 0) return faults;
        Place[] places = [.. endpoints.Select(ReadPlace)];
        return FindCollisions([.. places, .. ReadNativePlace(configuration)]).Concat(FindLostDesk(configuration, places));
    }

    /// <summary>Addresses that no network card of this machine has. Any port is tried: whether the configured one is taken, perhaps by the very server, is not the question.</summary>
    public static IEnumerable<string> FindForeign(IConfiguration configuration) =>
        configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(ReadPlace).Concat(ReadNativePlace(configuration))
            .SelectMany(place => place.Addresses.Where(address => !IPAddress.IsLoopback(address)).Select(address => FindForeign(place, address))).OfType<string>();

    private static string? FindFault(IConfigurationSection endpoint)
    {
        var key = endpoint.Path + ":Url";
        if (endpoint["Url"] is not { Length: > 0 } url) return $"{key} is missing.";
        if (endpoint["Protocols"] is { } protocols && !Enum.TryParse<HttpProtocols>(protocols, ignoreCase: true, out _))
        {
            return $"{endpoint.Path}:Protocols is {protocols}: it is one of {string.Join(", ", Enum.GetNames<HttpProtocols>())}.";
        }
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException unreadable)
        {
            return $"{key}: {unreadable.Message}";
        }
        if (address.Scheme is not ("http" or "https")) return $"{key} is {url}: it begins with http:// or https://.";
        if (address.Scheme == "http" && OfHttpsAlone.Select(endpoint.GetSection).FirstOrDefault(IsSet) is { } secure) return $"{secure.Path} is for https:// alone, and {key} is {url}.";
        if (address.IsUnixPipe) return null;
        if (address.PathBase.Length > 0) return $"{key} is {url}: it has no path.";
        if (address.Port is < 0 or > IPEndPoint.MaxPort) return $"{key} is {url}: a port is from 0 to {IPEndPoint.MaxPort}.";
        if (address is { Port: 0, Host: "localhost" }) return $"{key} is {url}: with localhost, which is two addresses, a port is named. A free one is taken with {address.Scheme}://127.0.0.1:0.";
        var host = address.Host.Trim('[', ']');
        return IPAddress.TryParse(host, out _) && AddressText.Parse(host) is null ? $"{key} is {url}: {host} is no IP address in its common form." : null;
    }

    private static bool IsSet(IConfigurationSection section) => section.Value is { Length: > 0 } || section.GetChildren().Any();

    /// <summary>The admin API is asked for on a port of its own that no endpoint has.</summary>
    private static IEnumerable<string> FindLostDesk(IConfiguration configuration, Place[] places) =>
        int.TryParse(configuration[AdminPort], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && places.All(place => place.Port != port)
            ? [$"{AdminPort} is on no endpoint: add one, like Kestrel:Endpoints:Admin:Url=http://127.0.0.1:9090, or leave it out."]
            : [];

    private static IEnumerable<string> FindCollisions(Place[] places) =>
        from later in Enumerable.Range(0, places.Length)
        from earlier in Enumerable.Range(0, later)
        where places[later].CollidesWith(places[earlier])
        select $"{places[later].Key} and {places[earlier].Key} are both on port {places[later].Port}: each needs one of its own.";

    private static Place ReadPlace(IConfigurationSection endpoint)
    {
        var address = BindingAddress.Parse(endpoint["Url"]!);
        var key = endpoint.Path + ":Url";
        return address.IsUnixPipe ? new Place(key, key, 0, []) : new Place(key, key, address.Port, AddressesOf(address.Host.Trim('[', ']')));
    }

    private static IEnumerable<Place> ReadNativePlace(IConfiguration configuration)
    {
        var words = (Address: configuration[NativeAddress] ?? "*", Port: configuration[NativePort] ?? "29200");
        // What cannot be read is told by its own check.
        if (!int.TryParse(words.Port, NumberStyles.None, CultureInfo.InvariantCulture, out var port)) return [];
        return [new Place(NativePort, NativeAddress, port, words.Address == "localhost" ? [IPAddress.Loopback] : AddressesOf(words.Address))];
    }

    /// <summary>What Kestrel listens on for a host: a name that is no address is all of them.</summary>
    private static IPAddress[] AddressesOf(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [AddressText.Parse(host) ?? IPAddress.IPv6Any];

    private static string? FindForeign(Place place, IPAddress address)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, 0));
            return null;
        }
        catch (SocketException) when (address.Equals(IPAddress.IPv6Any))
        {
            // A machine without IPv6, which Kestrel knows how to take.
            return null;
        }
        catch (SocketException refused)
        {
            return $"{place.AddressKey}: {address} is no address of this machine ({refused.Message}).";
        }
    }

    /// <summary>Where something is to listen.</summary>
    /// <param name="Key">The setting of its port.</param>
    /// <param name="AddressKey">The setting of its address.</param>
    /// <param name="Port">The port; 0 for a free one.</param>
    /// <param name="Addresses">The addresses.</param>
    private sealed record Place(string Key, string AddressKey, int Port, IPAddress[] Addresses)
    {
        public bool CollidesWith(Place other) => Port != 0 && Port == other.Port && Addresses.Any(one => other.Addresses.Any(another => Covers(one, another) || Covers(another, one)));

        private static bool Covers(IPAddress wide, IPAddress address) =>
            wide.Equals(address) || wide.Equals(IPAddress.IPv6Any) || (wide.Equals(IPAddress.Any) && address.AddressFamily == AddressFamily.InterNetwork);
    }
}
