import java.io.File;
import java.util.List;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Runs veraPDF over many files in one Java machine: prints each one's name, a tab, and nothing or a complaint. */
public class VeraPdf {
  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (String name : files) {
      File file = new File(name);
      for (PDFAFlavour flavour : List.of(PDFAFlavour.PDFA_2_U, PDFAFlavour.PDFUA_1)) {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
            PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, 20, false, false, false)) {
          ValidationResult result = validator.validate(parser);
          System.out.printf("%s\t%s%n", file.getName(), result.isCompliant() ? "" : flavour + " failed");
          for (TestAssertion found : result.getTestAssertions()) {
            if (found.getStatus() == TestAssertion.Status.FAILED) {
              System.out.printf("%s\t%s %s-%d %s %s%n", file.getName(), flavour, found.getRuleId().getClause(),
                  found.getRuleId().getTestNumber(), found.getMessage(), found.getLocation().getContext());
            }
          }
        }
      }
    }
  }
}
