using ClassHub.Notifications;

namespace ClassHub.Web.Ui;

/// <summary>Why e-mail does not reach somebody, in words.</summary>
public static class TroubleWords
{
    public static string Of(MailTrouble trouble) => trouble switch
    {
        MailTrouble.Refused => "The mail server refuses this address",
        MailTrouble.Returned => "E-mail came back",
    };
}
