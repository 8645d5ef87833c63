package io.modelgate.format;

/** JSON, as which XGBoost stores models, and Keras the layers of one. */
final class JsonFile implements Kind {
    @Override
    public void read(Sample sample, Notes notes) throws DamagedException {
        Bytes bytes = sample.bytes();
        if (!startsLikeJson(bytes)) {
            return;
        }
        JsonKeys keys = JsonKeys.of(bytes, XgboostKeys.DEPTH);
        if (XgboostKeys.areIn(keys::has)) {
            notes.is(Format.XGBOOST_JSON);
            keys.check();
            XgboostKeys.check(keys::has);
            return;
        }
        if (sample.named(".json", ".ipynb")) {
            notes.is(Format.JSON);
        }
        keys.check();
        notes.is(Format.JSON);
    }

    /** An object or a list, after spaces. What comes next tells it from a length of safetensors and from UBJSON. */
    private static boolean startsLikeJson(Bytes bytes) throws DamagedException {
        byte[] head = bytes.slice(0, 64);
        int i = 0;
        while (i < head.length && Character.isWhitespace(head[i])) {
            i++;
        }
        return i < head.length
                && (head[i] == '{' || head[i] == '[')
                && (i + 1 == head.length || "\"{[]}-0123456789tfnNI \t\r\n".indexOf(head[i + 1]) >= 0);
    }
}
