package io.modelgate.format;

/** JSON, as which XGBoost stores models, and Keras the layers of one. */
final class JsonFile implements Kind {
    @Override
    public void read(Sample sample, Notes notes) throws DamagedException {
        Bytes bytes = sample.bytes();
        if (!startsLikeJson(bytes)) {
            return;
        }
        JsonCode code = new JsonCode(sample, notes);
        JsonKeys keys = JsonKeys.of(bytes, XgboostKeys.DEPTH, code::see);
        code.tell();
        if (XgboostKeys.areIn(keys::has)) {
            notes.is(Format.XGBOOST_JSON);
            keys.check();
            XgboostKeys.check(keys::has);
            return;
        }
        if (sample.named(".json", ".ipynb") || keys.isUnread() || notes.canRunCode()) {
            notes.is(Format.JSON);
        }
        keys.check();
        notes.is(Format.JSON);
    }

    /** An object or a list, after spaces. What comes next tells it from a length of safetensors and from UBJSON. */
    private static boolean startsLikeJson(Bytes bytes) throws DamagedException {
        Cursor cursor = new Cursor(bytes, bytes.has(0, 0xef, 0xbb, 0xbf) ? 3 : 0);
        int next = ' ';
        while (Character.isWhitespace(next) && cursor.at() < Limits.HEADER && !cursor.ended()) {
            next = cursor.u8();
        }
        return (next == '{' || next == '[')
                && (cursor.ended() || "\"{[]}-0123456789tfnNI \t\r\n".indexOf(cursor.u8()) >= 0);
    }
}
