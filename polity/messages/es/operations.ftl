developers-webhooks = Webhooks
developers-webhooks-text = En vez de preguntar una y otra vez, un programa puede recibir avisos. Un administrador lo añade en /admin/webhooks y obtiene un secreto, que se muestra una sola vez. Cada entrada del registro que escucha se envía por POST como JSON, firmada según Standard Webhooks, de modo que las bibliotecas ya hechas la comprueban.
developers-webhooks-order = Un programa recibe sus mensajes en el orden del registro, uno tras otro, cada uno al menos una vez; data.position los cuenta y webhook-id es el mismo cuando uno se envía de nuevo. Responda con 200 a 299 en menos de diez segundos. Mientras no pueda (sin respuesta, 5xx, 408, 425, 429) todo espera, y se intenta de nuevo a los 5 segundos y después con pausas cada vez más largas, hasta una hora; tras tres días, o tras 410, se detiene hasta que un administrador lo deje seguir. Un mensaje que rechace ocho veces con otro 4xx se pasa por alto.
developers-webhooks-check = Lo que se envía es la entrada pública: ni nombres ni palabras de residentes. Pida lo demás en la url que contiene, y en receipt_url la prueba de que está en el registro.

# Funcionamiento
door-operations = Administración
admin-doors = Administración
operations-title = Cómo funciona el sistema
operations-well = Todo va bien.
operations-concerns = { $count ->
    [one] Una cosa le necesita
   *[other] { $count } cosas le necesitan
}
operations-concern-record-waits = Hay entradas que esperan su lugar en el registro: ahora no se firma nada. Mire el registro de sucesos del programa.
operations-concern-follower-behind = Algo que sigue el registro va muy atrasado: la búsqueda, los recuentos o las noticias llegan tarde.
operations-concern-disk-low = Queda menos de 1 GiB libre en el disco.
operations-concern-backup-old = No se ha hecho ninguna copia en los últimos dos días. Programe polity backup.
operations-concern-jobs-dead = Hay trabajo que se abandonó tras muchos intentos.
operations-concern-jobs-late = Hay trabajo que espera más de diez minutos.
operations-concern-mails-fail = No se pudieron enviar algunos correos.
operations-concern-mails-stay = No hay servidor de correo, así que los correos se quedan aquí. Configure mail.smtp_url.
operations-concern-webhooks-fail = Un programa que escucha por webhook no recibe nada.
operations-machine = La máquina
operations-version = Programa
operations-since = en marcha desde { $when }
operations-database = Base de datos
operations-log = diario { $size }
operations-answered = respondió en { $ms } ms
operations-memory = Memoria del programa
operations-disk = Disco
operations-disk-free = { $free } libres de { $total }
operations-backup = Última copia
operations-backup-elsewhere = PostgreSQL se copia con sus propias herramientas, que desde aquí no se ven.
operations-backup-never = No se ha hecho ninguna con polity backup.
operations-record = El registro
operations-entries = Entradas firmadas
operations-signed = última firma { $when }
operations-pending = Entradas que esperan su lugar
operations-pending-for = la más antigua desde hace { $seconds } s
operations-followers = Quién sigue el registro
operations-follower = Seguidor
operations-behind = Entradas de retraso
operations-jobs = Trabajo en segundo plano
operations-jobs-none = Nada espera.
operations-kind = Tipo
operations-waiting = En espera
operations-retried = Falló, se reintenta
operations-dead = Abandonado
operations-late = El más antiguo espera (s)
operations-mails = Correo
operations-mail-leaves = Cómo sale
operations-mail-smtp = por el servidor de correo
operations-mail-outbox = no sale, porque no hay servidor de correo
operations-mail-day = Enviados en 24 horas
operations-mail-last = el último { $when }
operations-mail-troubles = Correos que fallaron
operations-mail-to = Para
operations-mail-next = Próximo intento
operations-test = Enviarme un correo de prueba
operations-test-stays = No hay servidor de correo, así que la prueba se escribió pero no sale. Configure mail.smtp_url.
operations-test-sent = La prueba está en camino. Abajo se ve si salió.
operations-test-subject = Una prueba del correo de { $town }
operations-test-body =
    Esto es una prueba de { $town }. Ha llegado, así que el correo sale de la ciudad.

    Cómo funciona el sistema: { $link }
operations-own = Los últimos correos para usted
operations-own-left = salió { $when }
operations-own-waits = espera
operations-webhooks = { $active ->
    [one] un programa escucha
   *[other] { $active } programas escuchan
}, { $waiting ->
    [one] una entrega espera
   *[other] { $waiting } entregas esperan
}.
operations-own-stays = se queda aquí
operations-mail-day-kept = Guardados aquí en 24 horas
operations-webhooks-bad = Fallan: { $failing }. Detenidos: { $stopped }.
operations-slow = Lo que fue lento
operations-slow-text = Respuestas desde 250 ms y trabajos desde 5 s, desde que arrancó el programa.
operations-slow-none = Nada.
operations-slow-what = Qué
operations-slow-times = Veces
operations-slow-worst = Lo más largo
operations-slow-last = Último
refusal-operations-test-person = Un programa no tiene buzón. Entre como persona para enviar una prueba.

# Conservación
retention-title = Lo que no se guarda para siempre
retention-lead = El municipio olvida lo que ya no necesita, por sí mismo, una vez al día. Aquí consta qué y después de cuánto.
retention-rules = Las reglas
retention-what = Qué, y desde cuándo cuenta
retention-after = Después de
retention-happens = Qué pasa
retention-may = Lo que el municipio puede fijar
retention-days = { $count ->
    [one] un día
   *[other] { $count } días
}
retention-erased = Se borra.
retention-anonymised = Se quita lo que conduce a una persona; lo demás queda.
retention-limits = De { $least } a { $most } días.
retention-fixed = Siempre así.
retention-rest = Todo lo demás queda hasta que usted lo borre, y el registro público queda para siempre. Lo borrado puede estar en copias de la base de datos hasta que se desechen.
retention-runs = Lo último que terminó
retention-runs-none = Aún no había nada bastante antiguo.
retention-run = { $when }: { $count ->
    [one] terminó una cosa
   *[other] terminaron { $count } cosas
}
retention-set-title = Fijar cuánto se guardan las cosas
retention-set-lead = En días. Cada cambio consta en el registro público.
retention-save = Guardar
retention-saved = Está guardado y vale desde la próxima vez.
saying-retention-ran = Terminó lo que era antiguo: { $count } cosas
saying-retention-set = { $rule } se guarda { $days } días
subject-retention = Conservación
refusal-retention-days = Dé un número entero de días, de { $least } a { $most }.
