import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.messages.Severity;
import com.adobe.epubcheck.util.DefaultReportImpl;
import java.io.File;

/** Runs EPUBCheck over many books in one Java machine: prints each one's name, a tab, and nothing or a complaint. */
public class Check {
  public static void main(String[] books) {
    for (String book : books) {
      File file = new File(book);
      System.out.println(file.getName() + "\t");
      new EpubCheck(file, new DefaultReportImpl(book) {
        @Override
        public void message(Message message, EPUBLocation location, Object... arguments) {
          if (message.getSeverity() != Severity.SUPPRESSED) {
            System.out.printf("%s\t%s %s %s %s%n", file.getName(), message.getSeverity(), message.getID(),
                location.getPath(), message.getMessage(arguments));
          }
        }
      }).doValidate();
    }
  }
}
