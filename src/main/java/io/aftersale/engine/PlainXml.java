package io.aftersale.engine;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/** Looks at a file that somebody brings before anything else reads it: whether it is XML, and nothing but XML. */
final class PlainXml {
    private static final int DEEPEST_ELEMENT = 32;

    private PlainXml() {}

    /** What is wrong with a file, as a sentence; empty when it is plain XML. */
    static Optional<String> fault(byte[] file) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> InputStream.nullInputStream());
        try {
            var xml = factory.createXMLStreamReader(new ByteArrayInputStream(file));
            int depth = 0;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                    return Optional.of("The file has a document type or an entity, which a model never needs.");
                }
                depth += event == XMLStreamConstants.START_ELEMENT ? 1 : 0;
                depth -= event == XMLStreamConstants.END_ELEMENT ? 1 : 0;
                if (depth > DEEPEST_ELEMENT) {
                    return Optional.of("The elements of the file are nested too deeply for a model.");
                }
            }
            return Optional.empty();
        } catch (XMLStreamException broken) {
            return Optional.of("The file is not XML: it breaks off or goes wrong at line "
                    + Optional.ofNullable(broken.getLocation())
                            .map(it -> it.getLineNumber())
                            .orElse(1) + ".");
        }
    }
}
