using System.Net;
using System.Net.Sockets;

namespace ClassHub.Web.Access;

/// <summary>Where a request comes from, as coarse as throttling needs: an IPv4 address, or the first half of an IPv6 one.</summary>
public static class Network
{
    public static string Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes(), 0, 8) : address.ToString();
    }

    /// <summary>"Phone, Chrome": what the owner recognises in the list of sessions.</summary>
    public static string Device(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        bool Says(string word) => agent.Contains(word, StringComparison.OrdinalIgnoreCase);
        var device = Says("PlayStation") ? "PlayStation" : Says("Xbox") ? "Xbox" : Says("Nintendo") ? "Nintendo"
            : Says("iPad") || (Says("Android") && !Says("Mobile")) ? "Tablet" : Says("iPhone") || Says("Mobile") ? "Phone"
            : Says("SmartTV") || Says("SMART-TV") || Says("Tizen") || Says("Web0S") ? "Television" : "Computer";
        var browser = Says("Edg/") ? "Edge" : Says("Firefox/") ? "Firefox" : Says("SamsungBrowser") ? "Samsung Internet" : Says("Chrome/") ? "Chrome" : Says("Safari/") ? "Safari" : null;
        return browser is null ? device : $"{device}, {browser}";
    }
}
